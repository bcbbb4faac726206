import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killServers } from '../sandbox/providers/docker/kill-servers.ts';
import { summary } from './statistics.ts';

const KILLS = 20;
const SANDBOXES = 20;

/**
 * `kill -9` of a server with a program running in each sandbox, again and again: what was open, what was still there when the next one
 * started, and after how many ms nothing was. Aims: nothing left after 30 s, nothing lost that was acknowledged.
 */
export async function benchKills() {
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-kills-'));
  try {
    const report = await killServers({
      ...{ kills: KILLS, sandboxes: SANDBOXES, home: join(folder, 'home') },
      onKill: (kill) => console.error(JSON.stringify(kill)),
    });
    const { kills, accepted, passed } = report;
    const sum = (count: (kill: (typeof kills)[number]) => number) => kills.reduce((total, kill) => total + count(kill), 0);
    return {
      kills: kills.length,
      sandboxes: SANDBOXES,
      open: { containers: sum(({ open }) => open.containers), networks: sum(({ open }) => open.networks) },
      leftAtRestart: {
        containers: sum(({ leftAtRestart }) => leftAtRestart.containers),
        networks: sum(({ leftAtRestart }) => leftAtRestart.networks),
        volumes: sum(({ leftAtRestart }) => leftAtRestart.volumes),
      },
      goneAfterMs: { aim: 30_000, ...summary(kills.map(({ goneAfterMs }) => goneAfterMs ?? Number.POSITIVE_INFINITY)) },
      tenants: { ofTheDead: sum(({ tenants }) => tenants), left: sum(({ tenantsLeft }) => tenantsLeft) },
      lost: sum(({ lost }) => lost),
      submissions: { accepted, passed },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

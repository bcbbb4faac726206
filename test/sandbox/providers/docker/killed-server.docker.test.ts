import { afterAll, expect, test } from 'vitest';
import { temporaryHome } from '../../temporary-home.ts';
import { killServers } from './kill-servers.ts';

const KILLS = 1;
const SANDBOXES = 5;

const temporary = temporaryHome();
afterAll(() => temporary[Symbol.dispose]());

test('a server that is killed with open sandboxes leaves nothing in the engine 30 s after the restart, and keeps its promises', async () => {
  const { kills, accepted, passed } = await killServers({ kills: KILLS, sandboxes: SANDBOXES, home: temporary.config.home });
  for (const { open, leftAtRestart, ...after } of kills) {
    expect(open.containers).toBeGreaterThan(SANDBOXES); // and Kafka
    expect(leftAtRestart.networks).toBeGreaterThan(0);
    expect(after.goneAfterMs).not.toBeNull();
    expect(after.tenants).toBeGreaterThanOrEqual(SANDBOXES);
    expect(after).toMatchObject({ tenantsLeft: 0, lost: 0 });
  }
  expect({ accepted, passed }).toEqual({ accepted: KILLS, passed: KILLS });
}, 300_000);

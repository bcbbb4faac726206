/**
 * What an engine of ours leaves on the machine, and how it is taken away: after the tests, or by the next ones when we were killed.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isLeftOver } from '#sandbox/host/instance-name.ts';
import { until } from '#sandbox/readiness/until.ts';

export interface Machine {
  /** Folder of this engine alone, with its socket and log. */
  dir: string;
  /** Where its images are. */
  data: string;
  /** Network interfaces of its own: another engine may have some at the same time. */
  bridges: Set<string>;
}

/** Closes the machine to containers, and lets answers through to what it asks them itself. */
const RULE = ['INPUT', '-i', 'swb-+', '-m', 'conntrack', '!', '--ctstate', 'ESTABLISHED,RELATED', '-j', 'DROP'];
const RULE_MARK = 'added-rule';
const ENDING_MS = 60_000;

/** Adds the rule unless it stands, and notes that it was us. */
export async function addRule(dir: string): Promise<void> {
  if (iptables('-C')) return;
  await writeFile(join(dir, RULE_MARK), '');
  if (!iptables('-I')) throw new Error('the firewall rule for containers could not be added');
}

/** Takes away what a stopped engine left. */
export async function clearAfter({ dir, data, bridges }: Machine): Promise<void> {
  for (const name of readdirSync('/sys/class/net').filter((name) => bridges.has(name)))
    execFileSync('ip', ['link', 'delete', name]);
  if (existsSync(join(dir, RULE_MARK))) iptables('-D');
  for (const place of mountsBelow(dir, data)) execFileSync('umount', ['--lazy', place]);
  await rm(dir, { recursive: true, force: true });
}

/** Ends engines whose tests were killed, and takes away what they left. */
export async function removeLeftEngines(): Promise<void> {
  const folders = readdirSync(tmpdir())
    .filter(isLeftOver)
    .map((name) => join(tmpdir(), name));
  for (const dir of folders.filter((folder) => existsSync(join(folder, 'engine.log')))) {
    const pid = pidOf(dir);
    if (pid !== null) {
      process.kill(pid, 'SIGTERM');
      await until(() => pidOf(dir) === null, { timeoutMs: ENDING_MS, what: `the engine of earlier tests to end (${pid})` });
    }
    // Which bridges were theirs is not known; without an engine they lead nowhere.
    await clearAfter({ dir, data: dir, bridges: new Set() });
  }
}

/** The engine of this folder, when it runs. */
function pidOf(dir: string): number | null {
  try {
    const pid = Number(readFileSync(join(dir, 'pid'), 'utf8'));
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dir) ? pid : null;
  } catch {
    return null;
  }
}

function mountsBelow(...folders: string[]): string[] {
  return readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .flatMap((line) => line.split(' ')[1] ?? [])
    .filter((place) => folders.some((folder) => place.startsWith(`${folder}/`)))
    .reverse();
}

function iptables(action: '-C' | '-I' | '-D'): boolean {
  try {
    execFileSync('iptables', ['--wait', action, ...RULE], {
      stdio: ['ignore', 'ignore', action === '-C' ? 'ignore' : 'inherit'],
    });
    return true;
  } catch {
    return false;
  }
}

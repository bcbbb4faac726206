/**
 * Everything outside STREAMWRIGHT_HOME that belongs to one of our processes has that process's id and start time in its name. A later
 * process can then tell whether it still runs.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify } from './process-identity.ts';

const NAME = /^streamwright-(\d+)-(\w+)-/;

/** `streamwright-4711-8823941`: this process. */
export function instanceName(): string {
  return `streamwright-${process.pid}-${startOf(process.pid)}`;
}

/** Creates a folder for this process in the system's temporary folder. If the process is killed, the next one that starts removes it. */
export async function makeTemporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), `${instanceName()}-`));
}

/** Returns whether a name belongs to one of our processes that no longer runs; false for all other names. */
export function isLeftOver(name: string): boolean {
  const [, pid, startedAt] = NAME.exec(name) ?? [];
  return pid !== undefined && startOf(Number(pid)) !== startedAt;
}

function startOf(pid: number): string | null {
  return identify(pid)?.startedAt.replaceAll(/\W/g, '') ?? null;
}

/**
 * Everything outside STREAMWRIGHT_HOME that belongs to one process of ours carries its id and start time in its name, so that whoever
 * comes later knows whether it still runs.
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

/** Makes a folder for this process in the system's temporary folder. If the process is killed, the next one that starts removes it. */
export async function makeTemporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), `${instanceName()}-`));
}

/** True for a name of something whose process runs no more; false for all others, among them names that are not ours. */
export function isLeftOver(name: string): boolean {
  const [, pid, startedAt] = NAME.exec(name) ?? [];
  return pid !== undefined && startOf(Number(pid)) !== startedAt;
}

function startOf(pid: number): string | null {
  return identify(pid)?.startedAt.replaceAll(/\W/g, '') ?? null;
}

/**
 * Tells whether a program has exceeded a limit: by the counters of the kernel's own limits, and by the program's current memory, since the
 * container's limit also has room for the supervisor. The files that exist show which version of control groups the engine uses.
 */
import { existsSync, readFileSync } from 'node:fs';

export type Excess = 'out-of-memory' | 'process-limit';

const EVENTS = firstOf('/sys/fs/cgroup/memory.events', '/sys/fs/cgroup/memory/memory.oom_control');
const PROCESSES = firstOf('/sys/fs/cgroup/pids.events', '/sys/fs/cgroup/pids/pids.events');
const USAGE = firstOf('/sys/fs/cgroup/memory.current', '/sys/fs/cgroup/memory/memory.usage_in_bytes');
const MEMORY = firstOf('/sys/fs/cgroup/memory.stat', '/sys/fs/cgroup/memory/memory.stat');

/** Watches from now on. Returns a function that returns the first limit reached since, or null. */
export function watchLimits({ memoryBytes }: { memoryBytes: number }): () => Excess | null {
  const before = { kills: count(EVENTS, 'oom_kill'), refusals: count(PROCESSES, 'max') };
  return () => {
    if (count(EVENTS, 'oom_kill') > before.kills || programBytes() > memoryBytes) return 'out-of-memory';
    return count(PROCESSES, 'max') > before.refusals ? 'process-limit' : null;
  };
}

/** Returns the memory that counts towards this container's limit, without what the kernel frees on demand. */
export function usedBytes(): number {
  const usage = USAGE ? Number(readFileSync(USAGE, 'latin1')) : 0;
  const cached = count(MEMORY, 'file') || count(MEMORY, 'cache');
  return usage - cached + count(MEMORY, 'shmem');
}

/** Returns the memory of all processes but this one, and of files in memory. */
function programBytes(): number {
  return (count(MEMORY, 'anon') || count(MEMORY, 'rss')) + count(MEMORY, 'shmem') - ownBytes();
}

function ownBytes(): number {
  const [, kilobytes] = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1')) ?? [];
  return Number(kilobytes ?? 0) * 1024;
}

function firstOf(...files: string[]): string | null {
  return files.find((file) => existsSync(file)) ?? null;
}

function count(file: string | null, key: string): number {
  if (!file) return 0;
  const line = readFileSync(file, 'latin1')
    .split('\n')
    .find((text) => text.startsWith(`${key} `));
  return Number(line?.split(' ')[1] ?? 0);
}

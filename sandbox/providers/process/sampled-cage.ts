import { identify, isRunning, type ProcessIdentity } from '#sandbox/host/process-identity.ts';
import { until } from '#sandbox/readiness/until.ts';
import { type Cage, type CageLimits, type Cages, type Excess, killQuietly, LOOK_EVERY_MS } from './cage.ts';
import { processTree } from './process-tree.ts';

const END_TIMEOUT_MS = 10_000;

/** Cages for machines where we cannot create control groups: they sample the process tree and end it when it has grown too large. */
export const sampledCages: Cages = { kind: 'sampler', open };

function open({ memoryMb, processes }: CageLimits): Cage {
  let excess: Excess | null = null;
  const seen = new Map<number, ProcessIdentity>();

  const look = (root: number): void => {
    const members = processTree(root);
    for (const { pid } of members) {
      const identity = seen.has(pid) ? null : identify(pid);
      if (identity) seen.set(pid, identity);
    }
    const memory = members.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
    if (memory > memoryMb * 1024 * 1024) excess ??= 'out-of-memory';
    const tasks = members.reduce((sum, member) => sum + member.tasks, 0);
    if (tasks > processes) excess ??= 'process-limit';
  };

  return {
    enter: [],
    excess: () => excess,
    watch(pid, onExcess) {
      const timer = setInterval(() => {
        look(pid);
        if (excess) onExcess(excess);
      }, LOOK_EVERY_MS);
      look(pid);
      return { [Symbol.dispose]: () => clearInterval(timer) };
    },
    end(pid) {
      look(pid); // also finds the first process of the namespace, which ends last
      killQuietly(pid);
    },
    async close() {
      await until(() => killRemaining(seen), { timeoutMs: END_TIMEOUT_MS, everyMs: 2, what: 'the processes of a run to end' });
    },
  };
}

function killRemaining(seen: Map<number, ProcessIdentity>): boolean {
  for (const [pid, identity] of seen) {
    if (!isRunning(identity)) {
      seen.delete(pid);
      continue;
    }
    killQuietly(pid);
  }
  return seen.size === 0;
}

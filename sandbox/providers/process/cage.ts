/**
 * What holds one run of a program together: limits on the memory and the number of its whole process tree, and the certainty that nothing
 * of it is left.
 */
import type { RunLimits } from '#sandbox/providers/provider.ts';

export type Excess = 'out-of-memory' | 'process-limit';

export interface Cage {
  /** Files into which the first process writes its id before it becomes the program. */
  readonly enter: readonly string[];
  /** Looks at the limits until disposed, and tells the first one that is exceeded. `pid` is the first process. */
  watch(pid: number, onExcess: (excess: Excess) => void): Disposable;
  /** The limit that has been exceeded, also when it happened after the last look. */
  excess(): Excess | null;
  /** Ends the program whose first process is `pid`, with SIGKILL. */
  end(pid: number): void;
  /** Ends every process that is left, waits until none is, and removes the cage. */
  close(): Promise<void>;
}

export interface Cages {
  /** How limits are kept: `cgroup v1`, `cgroup v2` or `sampler`. */
  readonly kind: string;
  open(limits: CageLimits): Cage;
}

export type CageLimits = Pick<RunLimits, 'memoryMb' | 'processes'>;

/** Time between two looks at the limits. A program that goes over one is ended within it. */
export const LOOK_EVERY_MS = 50;

/** Kills a process that may have ended by itself. */
export function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM'))) throw error;
  }
}

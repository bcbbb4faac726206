/**
 * Holds one run of a program together: limits the memory and the size of its whole process tree, and makes sure that no process of it is
 * left.
 */
import type { RunLimits } from '#sandbox/providers/provider.ts';

export type Excess = 'out-of-memory' | 'process-limit';

export interface Cage {
  /** Files into which the first process writes its id before it becomes the program. */
  readonly enter: readonly string[];
  /** Checks the limits until disposed, and reports the first one that is exceeded. `pid` is the first process. */
  watch(pid: number, onExcess: (excess: Excess) => void): Disposable;
  /** Returns the limit that has been exceeded, even after the last check; null when none has. */
  excess(): Excess | null;
  /** Ends the program whose first process is `pid`, with SIGKILL. */
  end(pid: number): void;
  /** Ends every remaining process, waits until none is left, and removes the cage. */
  close(): Promise<void>;
}

export interface Cages {
  /** How limits are enforced: `cgroup v1`, `cgroup v2` or `sampler`. */
  readonly kind: string;
  open(limits: CageLimits): Cage;
}

export type CageLimits = Pick<RunLimits, 'memoryMb' | 'processes'>;

/** Time between two checks of the limits. A program that exceeds one is ended within it. */
export const LOOK_EVERY_MS = 50;

/** Kills a process that may already have ended. */
export function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM'))) throw error;
  }
}

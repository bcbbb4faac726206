import type { RunResult } from '#sandbox/protocol/run.ts';
import type { RunLimits } from '#sandbox/providers/provider.ts';

/** What ended a program that did not end on its own. */
export type EndedBy = Exclude<RunResult['kind'], 'exited' | `sql-${string}`>;

/** Returns the result of a program that was ended, with the limit that it reached. */
export function endedBy(cause: EndedBy, limits: RunLimits, durationMs: number): RunResult {
  switch (cause) {
    case 'timed-out':
      return { kind: cause, limitMs: limits.timeMs, durationMs };
    case 'output-limit':
      return { kind: cause, limitBytes: limits.outputBytes, durationMs };
    case 'out-of-memory':
      return { kind: cause, limitMb: limits.memoryMb, durationMs };
    case 'process-limit':
      return { kind: cause, limit: limits.processes, durationMs };
    case 'cancelled':
      return { kind: cause, durationMs };
  }
}

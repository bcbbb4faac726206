/** How the page says times and ends. */
import type { RunResult } from '#sandbox/protocol/run.ts';
import type { SqlError } from '#sandbox/protocol/sql.ts';

/** `837 ms`, `1.2 s`, `20 s`, `3 min 5 s`, `10 min`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(Math.round(ms / 100) / 10).toString()} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Whole seconds that something has been awaited: `4 s`. */
export function waited(since: number, now: number): string {
  return duration(Math.max(0, Math.floor((now - since) / 1000) * 1000)).replace('0 ms', '0 s');
}

/** Time of day as the learner's clock shows it: `14:02:31`. */
export function clock(ms: number): string {
  return new Date(ms).toLocaleTimeString('en-GB', { hour12: false });
}

/** How a program ended: `exit 0 after 837 ms`, `ended after 20 s: the limit`. */
export function endOfRun(result: RunResult): string {
  const after = `after ${duration(result.durationMs)}`;
  switch (result.kind) {
    case 'exited':
      return `exit ${result.exitCode} ${after}`;
    case 'timed-out':
      return `ended after ${duration(result.limitMs)}: the limit`;
    case 'output-limit':
      return `ended ${after}: more than ${Math.round(result.limitBytes / 1024)} KiB of output`;
    case 'out-of-memory':
      return `ended ${after}: more than ${result.limitMb} MB of memory`;
    case 'process-limit':
      return `ended ${after}: more than ${result.limit} processes`;
    case 'sql-finished':
      return `finished ${after}`;
    case 'sql-failed':
      return failedStatement(result.error, after);
    case 'cancelled':
      return `stopped ${after}`;
  }
}

function failedStatement({ code, range }: SqlError, after: string): string {
  if (code === 'flink_lost') return `ended ${after}: Flink went away, which is our fault`;
  return range ? `line ${range.line} failed ${after}` : `a statement failed ${after}`;
}

/** `1 change`, `28 changes`, `1,204 changes`. */
export function many(count: number, one: string): string {
  return `${count.toLocaleString('en-GB')} ${one}${count === 1 ? '' : 's'}`;
}

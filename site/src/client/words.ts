/** The page's text for times and the ends of runs. */
import { counted } from '#lessons/counted.ts';
import { endingSignal } from '#lessons/ending-signal.ts';
import type { RunResult, RunSummary } from '#sandbox/protocol/run.ts';
import type { SqlError } from '#sandbox/protocol/sql.ts';

/** Returns `837 ms`, `1.2 s`, `20 s`, `3 min 5 s` or `10 min`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(Math.round(ms / 100) / 10).toString()} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Returns the time waited so far, in whole seconds: `4 s`. */
export function waited(since: number, now: number): string {
  return duration(Math.max(0, Math.floor((now - since) / 1000) * 1000)).replace('0 ms', '0 s');
}

/** Returns the time of day on the learner's clock: `14:02:31`. */
export function clock(ms: number): string {
  return new Date(ms).toLocaleTimeString('en-GB', { hour12: false });
}

/** Returns the time of day to the minute: `14:02`. */
export function clockMinutes(ms: number): string {
  return new Date(ms).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', hour12: false });
}

/** Returns the day and the time on the learner's clock: `3 March, 14:02:31`. */
export function dayAndClock(ms: number): string {
  return `${new Date(ms).toLocaleDateString('en-GB', { day: 'numeric', month: 'long' })}, ${clock(ms)}`;
}

/** Returns how a run ended and on which data: `exit 0 after 837 ms, seed 1729`. */
export function runInWords({ result, error, seed }: Pick<RunSummary, 'result' | 'error' | 'seed'>): string {
  const end = result ? endOfRun(result) : error === null ? 'ended' : 'ended by a Streamwright error';
  return seed === null ? end : `${end}, seed ${seed}`;
}

/** Returns how a program ended: `exit 0 after 837 ms`, `stopped after 20 s: time limit`. */
export function endOfRun(result: RunResult): string {
  const after = `after ${duration(result.durationMs)}`;
  switch (result.kind) {
    case 'exited':
      return exited(result.exitCode, after);
    case 'timed-out':
      return `stopped after ${duration(result.limitMs)}: time limit`;
    case 'output-limit':
      return `stopped ${after}: more than ${Math.round(result.limitBytes / 1024)} KiB of output`;
    case 'out-of-memory':
      return `stopped ${after}: more than ${result.limitMb} MB of memory`;
    case 'process-limit':
      return `stopped ${after}: more than ${counted(result.limit, 'process', 'processes')}`;
    case 'sql-finished':
      return `finished ${after}`;
    case 'sql-failed':
      return failedStatement(result.error, after);
    case 'cancelled':
      return `stopped ${after}`;
  }
}

function exited(exitCode: number, after: string): string {
  const ending = endingSignal(exitCode);
  if (!ending) return `exit ${exitCode} ${after}`;
  return `ended by ${ending.signal} ${after}${ending.isSent ? ', from outside or by itself' : ''}`;
}

function failedStatement({ code, range }: SqlError, after: string): string {
  if (code === 'flink_lost') return `stopped ${after}: Flink was lost, a Streamwright error`;
  return range ? `line ${range.line} failed ${after}` : `a statement failed ${after}`;
}

/** What the time line of a job moves along: the time of its run, by the browser's clock, with what became of the job. Pure. */
import type { RunBreak } from '#sandbox/protocol/break.ts';
import { breakTitle } from './break-words.ts';
import { type JobsSample, jobState } from './jobs-state.ts';
import type { AxisEvent, TimeAxis } from './time-axis.ts';

interface Shown {
  history: readonly JobsSample[];
  jobId: string;
  breaks: readonly RunBreak[];
  /** Start of the run, ms since 1970. */
  startedAt: number;
  /** Time of the run that the job has reached. */
  nowMs: number;
}

/** Returns null while there is nothing to go back to. */
export function axisOfJob({ history, jobId, breaks, startedAt, nowMs }: Shown): TimeAxis | null {
  const states: { atMs: number; state: string }[] = [];
  for (const { atMs, jobs } of history) {
    const state = jobs.find((job) => job.jobId === jobId)?.state;
    if (state !== undefined && state !== states.at(-1)?.state) states.push({ atMs, state });
  }
  const [first] = states;
  const last = Math.max(nowMs, history.at(-1)?.atMs ?? 0);
  if (!first || last <= first.atMs) return null;
  const changes = states.map(({ atMs, state }): AxisEvent => {
    const { words, tone } = jobState(state);
    return { at: startedAt + atMs, title: words, isLoss: tone === 'failed' };
  });
  const done = breaks.map(
    (one): AxisEvent => ({ at: startedAt + one.runMs, title: breakTitle(one), isLoss: false, isBreak: true }),
  );
  const events = [...changes, ...done].sort((one, other) => one.at - other.at);
  return { kind: 'time', from: startedAt + first.atMs, to: startedAt + last, events };
}

/** What can be broken at a moment, and what was, in words. Pure. */
import type { BreakKind, BreakRequest, RunBreak } from '#sandbox/protocol/break.ts';
import type { LensJob } from '#sandbox/protocol/lens.ts';
import type { ExercisePlan } from './exercise-plan.ts';
import { isSource } from './jobs-state.ts';
import type { RunView } from './run-state.ts';
import { clock, duration } from './words.ts';

export interface BreakOffer {
  kind: BreakKind;
  /** On the button. */
  words: string;
  /** What it does. */
  says: string;
  /** What to send; null while there is nothing to break. */
  request: BreakRequest | null;
}

interface Shown {
  run: Pick<RunView, 'status' | 'breaks' | 'startedAt'>;
  jobs: readonly LensJob[];
  /** The statement whose job is in front; null where the exercise has none. */
  statement: number | null;
  /** The topic in front. */
  topic: string | null;
  now: number;
}

/** Returns what the exercise has to break, in the order of the buttons, with what of it can be broken at this moment. */
export function breakOffers({ breaks, language }: Pick<ExercisePlan, 'breaks' | 'language'>, shown: Shown): BreakOffer[] {
  const isRunning = shown.run.status === 'running';
  const hasJobs = language.shows === 'queries';
  return breaks.map(({ kind, topics }) => {
    const topic = topics.find((one) => one === shown.topic) ?? topics[0];
    const request = isRunning && isAtHand(kind, topic, shown, hasJobs) ? requestOf(kind, topic, shown.statement) : null;
    return { kind, ...(kind === 'kill' && hasJobs ? KILL_JOB : WORDS[kind]), request };
  });
}

const WORDS = {
  kill: {
    words: 'Kill my program',
    says: 'Ends it by SIGKILL, in the middle of whatever it does: no last commit, no goodbye to its group.',
  },
  pause: {
    words: 'Pause the broker',
    says: 'For 8 s no byte passes between your program and the broker, in either direction; then all of them do.',
  },
  poison: {
    words: 'Add a poison record',
    says: 'Appends a record to your input that is no JSON: what does its reader do with it, and with those behind it?',
  },
  late: {
    words: 'Send a late record',
    says: 'Appends a record to your input whose event time lies 90 s behind the watermark.',
  },
} as const satisfies Record<BreakKind, Pick<BreakOffer, 'words' | 'says'>>;

const KILL_JOB = { words: 'Kill the job', says: 'Cancels the job in Flink; what it has written stays.' } as const;

function isAtHand(kind: BreakKind, topic: string | undefined, { run, jobs, statement, now }: Shown, hasJobs: boolean): boolean {
  if (kind === 'kill')
    return !hasJobs || jobs.some((job) => job.state === 'RUNNING' && (statement === null || job.statement === statement));
  // Times of the run, for the clock of the browser may be another.
  const elapsedMs = now - (run.startedAt ?? now);
  if (kind === 'pause') return !run.breaks.some(({ runMs, forMs }) => forMs !== null && runMs + forMs > elapsedMs);
  const sources = jobs.flatMap(({ operators }) => operators.filter(isSource));
  return (
    kind === 'poison' ||
    sources.some(({ watermarkMs, partitions }) => watermarkMs !== null && partitions.some((one) => one.topic === topic))
  );
}

function requestOf(kind: BreakKind, topic: string | undefined, statement: number | null): BreakRequest {
  switch (kind) {
    case 'kill':
      return statement === null ? { kind } : { kind, statement };
    case 'pause':
      return { kind };
    case 'poison':
    case 'late':
      return topic === undefined ? { kind } : { kind, topic };
  }
}

/** Returns what was done, for a time line: `poison record, partition 1, offset 24`. */
export function breakTitle({ kind, forMs, record }: RunBreak): string {
  const place = record ? `, partition ${record.partition}, offset ${record.offset}` : '';
  switch (kind) {
    case 'kill':
      return 'killed';
    case 'pause':
      return `broker paused for ${duration(forMs ?? 0)}`;
    case 'poison':
    case 'late':
      return `${kind} record${place}`;
  }
}

/** Returns the same as a sentence, for a screen reader. */
export function breakSentence(done: RunBreak): string {
  const title = breakTitle(done);
  const to = done.record ? ` of ${done.record.topic},` : '';
  return `${title[0]?.toUpperCase()}${title.slice(1)}${to} at ${clock(done.atMs)}.`;
}

/** The Flink jobs of a run, and the watermarks of their sources over time. Pure functions. */
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { LensJob, LensOperator } from '#sandbox/protocol/lens.ts';

export interface JobsView {
  jobs: readonly LensJob[];
  /** Time of the last report, ms since the run started; null before the first. */
  atMs: number | null;
  /** The watermark of each source each time it changed. */
  samples: readonly WatermarkSample[];
  /** The jobs each time they changed, as far as the page, or the server for it, has seen them. */
  history: readonly JobsSample[];
  /** Statement whose job or rows the learner picked, as a new object each time; null until then. */
  picked: { statement: number } | null;
}

/** Time of the run, and what its jobs were then. */
export interface JobsSample {
  atMs: number;
  jobs: readonly LensJob[];
}

export interface WatermarkSample {
  atMs: number;
  jobId: string;
  operator: string;
  watermarkMs: number | null;
}

export const NO_JOBS: JobsView = { jobs: [], atMs: null, samples: [], history: [], picked: null };

/** At three looks a second, ten minutes. */
const MAX_SAMPLES = 1_800;

export function jobsAfterEvent(
  view: JobsView,
  { atMs, jobs }: Pick<Extract<ServerEvent, { type: 'lens.jobs' }>, 'atMs' | 'jobs'>,
): JobsView {
  const last = new Map(view.samples.map((sample) => [`${sample.jobId} ${sample.operator}`, sample.watermarkMs]));
  const news = jobs.flatMap(({ jobId, operators }) =>
    operators
      .filter(isSource)
      .map((operator) => ({ atMs, jobId, operator: operator.id, watermarkMs: sourceWatermark(operator) }))
      .filter(({ operator, watermarkMs }) => (last.get(`${jobId} ${operator}`) ?? null) !== watermarkMs),
  );
  const history = [...view.history.slice(-(MAX_SAMPLES - 1)), { atMs, jobs }];
  return { ...view, jobs, atMs, history, samples: news.length === 0 ? view.samples : [...view.samples, ...news] };
}

/** Returns the view with what the server kept of the time before the page was opened. */
export function jobsWithEarlier(view: JobsView, kept: readonly { atMs: number; jobs: LensJob[] }[]): JobsView {
  const newest = kept.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY;
  const since = view.history.filter(({ atMs }) => atMs > newest).map(({ atMs, jobs }) => ({ atMs, jobs: [...jobs] }));
  const all = [...kept, ...since].reduce(jobsAfterEvent, { ...NO_JOBS, picked: view.picked });
  return { ...all, jobs: view.jobs.length > 0 ? view.jobs : all.jobs };
}

/** Returns a job as it was at a time of the run; null before it was first seen. */
export function jobAt(history: readonly JobsSample[], jobId: string, atMs: number): LensJob | null {
  const sample = history.findLast((one) => one.atMs <= atMs);
  return sample?.jobs.find((job) => job.jobId === jobId) ?? null;
}

export function isSource({ inputs }: LensOperator): boolean {
  return inputs.length === 0;
}

/** Returns the watermark that a source emits: as Flink reports it, else that of its slowest partition. */
export function sourceWatermark({ watermarkMs, partitions }: LensOperator): number | null {
  if (watermarkMs !== null || partitions.length === 0) return watermarkMs;
  return partitions.reduce<number | null>(
    (least, partition) => (least === null || partition.watermarkMs === null ? null : Math.min(least, partition.watermarkMs)),
    partitions[0]?.watermarkMs ?? null,
  );
}

/** Sorts operators so that each comes after those that it reads from, and as close to them as can be. */
export function inFlow(operators: readonly LensOperator[]): LensOperator[] {
  const placed = new Set<LensOperator>();
  const visit = (operator: LensOperator, from: readonly string[]) => {
    // A graph with a cycle has no such order; Flink SQL never builds one.
    if (placed.has(operator) || from.includes(operator.id)) return;
    for (const input of operator.inputs) {
      const before = operators.find(({ id }) => id === input);
      if (before) visit(before, [...from, operator.id]);
    }
    placed.add(operator);
  };
  const isRead = ({ id }: LensOperator) => operators.some(({ inputs }) => inputs.includes(id));
  for (const operator of operators.toSorted((a, b) => Number(isRead(a)) - Number(isRead(b)))) visit(operator, []);
  return [...placed];
}

export type JobTone = 'moving' | 'settled' | 'failed';

/** Returns a job's state as text, and its tone. */
export function jobState(state: string): { words: string; tone: JobTone } {
  switch (state) {
    case 'RUNNING':
      return { words: 'job running', tone: 'moving' };
    case 'FINISHED':
      return { words: 'job finished', tone: 'settled' };
    case 'CANCELED':
    case 'CANCELLING':
      return { words: state === 'CANCELED' ? 'job cancelled' : 'job cancelling', tone: 'settled' };
    case 'FAILED':
    case 'FAILING':
      return { words: state === 'FAILED' ? 'job failed' : 'job failing', tone: 'failed' };
    case 'RESTARTING':
      return { words: 'job restarting', tone: 'failed' };
    case 'GIVEN_BACK':
      return { words: 'job ended; its Flink went to somebody who waited, and Run gets another', tone: 'settled' };
    default:
      return { words: 'job starting', tone: 'moving' };
  }
}

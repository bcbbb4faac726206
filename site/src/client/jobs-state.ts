/** The Flink jobs of a run, and how far the watermarks of their sources were at each moment. Pure functions. */
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { LensJob, LensOperator } from '#sandbox/protocol/lens.ts';

export interface JobsView {
  jobs: readonly LensJob[];
  /** When they were last looked at, ms since the run started; null before the first look. */
  atMs: number | null;
  /** The watermark of each source when it changed. */
  samples: readonly WatermarkSample[];
}

export interface WatermarkSample {
  atMs: number;
  jobId: string;
  operator: string;
  watermarkMs: number | null;
}

export const NO_JOBS: JobsView = { jobs: [], atMs: null, samples: [] };

export function jobsAfterEvent(view: JobsView, { atMs, jobs }: Extract<ServerEvent, { type: 'lens.jobs' }>): JobsView {
  const last = new Map(view.samples.map((sample) => [`${sample.jobId} ${sample.operator}`, sample.watermarkMs]));
  const news = jobs.flatMap(({ jobId, operators }) =>
    operators
      .filter(isSource)
      .map((operator) => ({ atMs, jobId, operator: operator.id, watermarkMs: sourceWatermark(operator) }))
      .filter(({ operator, watermarkMs }) => (last.get(`${jobId} ${operator}`) ?? null) !== watermarkMs),
  );
  return { jobs, atMs, samples: news.length === 0 ? view.samples : [...view.samples, ...news] };
}

export function isSource({ inputs }: LensOperator): boolean {
  return inputs.length === 0;
}

/** The watermark that a source sends on: Flink's own word, else that of its slowest partition. */
export function sourceWatermark({ watermarkMs, partitions }: LensOperator): number | null {
  if (watermarkMs !== null || partitions.length === 0) return watermarkMs;
  return partitions.reduce<number | null>(
    (least, partition) => (least === null || partition.watermarkMs === null ? null : Math.min(least, partition.watermarkMs)),
    partitions[0]?.watermarkMs ?? null,
  );
}

/** Operators so that each stands behind those that it reads from. */
export function inFlow(operators: readonly LensOperator[]): LensOperator[] {
  const placed: LensOperator[] = [];
  let left = [...operators];
  while (left.length > 0) {
    const isReady = ({ inputs }: LensOperator) => !left.some(({ id }) => inputs.includes(id));
    const ready = left.filter(isReady);
    // A graph with a circle has no such order; Flink SQL makes none.
    placed.push(...(ready.length > 0 ? ready : left));
    left = ready.length > 0 ? left.filter((operator) => !ready.includes(operator)) : [];
  }
  return placed;
}

export type JobTone = 'moving' | 'settled' | 'failed';

/** A job's state in words, and whether it moves. */
export function jobState(state: string): { words: string; tone: JobTone } {
  switch (state) {
    case 'RUNNING':
      return { words: 'job running', tone: 'moving' };
    case 'FINISHED':
      return { words: 'job finished', tone: 'settled' };
    case 'CANCELED':
    case 'CANCELLING':
      return { words: state === 'CANCELED' ? 'job cancelled' : 'job is being cancelled', tone: 'settled' };
    case 'FAILED':
    case 'FAILING':
      return { words: state === 'FAILED' ? 'job failed' : 'job is failing', tone: 'failed' };
    case 'RESTARTING':
      return { words: 'job restarts', tone: 'failed' };
    default:
      return { words: 'job starts', tone: 'moving' };
  }
}

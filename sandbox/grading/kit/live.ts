/**
 * A live round of SQL: records arrive before its jobs start, while they start, and afterwards; and once nothing arrives for longer than a
 * state that is kept for a moment lives.
 */
import type { GraderContext } from './grader.ts';
import type { NewRecord, UntilOptions } from './kafka.ts';
import type { StartedProgram } from './program.ts';

export interface LiveProgram extends StartedProgram {
  /** How long its rows are worth waiting for: longer on a machine on which its jobs took long to start. */
  waiting: UntilOptions;
  /** Number of records that have been produced while it starts. */
  fed(): number;
  /** Produces no more of them. @returns how many have been produced */
  stopFeeding(): Promise<number>;
}

interface Feed {
  topic: string;
  /** Produced one after another until the grader stops it. */
  records: readonly NewRecord[];
}

const PAUSE_MS = 5_000;
const POLL_MS = 50;
/** Between two records before Flink has a job, and from then on: each job finds out at its start where its source begins or ends. */
const SPARSE_MS = 150;
const DENSE_MS = 15;
const WAIT_AT_LEAST_MS = 10_000;

/** Starts the program, with records arriving meanwhile, and returns when its jobs run, or when it has ended. */
export async function startAmid({ kafka, program }: GraderContext, { topic, records }: Feed): Promise<LiveProgram> {
  const startedAt = performance.now();
  const running = await program.start();
  let hasJob = false;
  let stopped = false;
  let fed = 0;
  const feed = async () => {
    for (const record of records) {
      await delay(hasJob ? DENSE_MS : SPARSE_MS);
      if (stopped) return;
      await kafka.produce(topic, [record]);
      fed += 1;
    }
  };
  const feeding = feed();
  feeding.catch(() => undefined); // whoever stops it hears of it
  const ended = running.ended.then(() => true);
  while (!(await Promise.race([ended, delay(POLL_MS)]))) {
    const jobs = await running.jobs();
    hasJob = jobs.length > 0;
    if (hasJob && jobs.every(({ state }) => !STARTING.includes(state))) break;
  }
  hasJob = true;
  return {
    ...running,
    waiting: { limitMs: WAIT_AT_LEAST_MS + 4 * (performance.now() - startedAt), unless: running.ended },
    fed: () => fed,
    async stopFeeding() {
      stopped = true;
      await feeding;
      return fed;
    },
  };
}

const STARTING = ['INITIALIZING', 'CREATED'];

/** Waits, in one round of a submission, for longer than short-lived state lives. */
export async function pauseOnce({ round }: Pick<GraderContext, 'round'>): Promise<void> {
  if (round > 1) await delay(PAUSE_MS);
}

function delay(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), ms));
}

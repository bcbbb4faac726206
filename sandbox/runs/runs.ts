/**
 * Every run that is under way, and the last ones of each learner in each lesson, which are kept.
 */

import { setTimeout as delay } from 'node:timers/promises';
import { languages } from '#lessons/languages.ts';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { PlatformError } from '#sandbox/errors.ts';
import { VISIBLE_SEED } from '#sandbox/generators/round.ts';
import { explainSystemError } from '#sandbox/host/system-error.ts';
import type { BreakRequest, RunBreak } from '#sandbox/protocol/break.ts';
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { Run, RunSummary } from '#sandbox/protocol/run.ts';
import { waitingFor } from '#sandbox/protocol/waiting.ts';
import { abortable } from '#sandbox/readiness/abortable.ts';
import { executeRun, type RunContext } from './execute-run.ts';
import { RunRecord } from './run-record.ts';

export interface Runs extends AsyncDisposable {
  /**
   * Starts a run and returns its id at once; a run of the learner that is under way is cancelled and ends first.
   * @throws PlatformError SERVICE_NOT_READY while no sandbox can be opened
   */
  start(learnerId: string, exercise: Exercise, files: Files): string;
  /** Returns a run that this server remembers. @throws PlatformError RUN_NOT_FOUND */
  read(learnerId: string, runId: string): Run;
  /** Returns a run that this server remembers, or one of the last of its lesson that are kept. @throws PlatformError RUN_NOT_FOUND */
  recall(learnerId: string, runId: string): Promise<Run>;
  /** Returns the learner's newest run of a lesson, whatever ran since, null before the first; and the last ones that have ended. */
  ofLesson(learnerId: string, lesson: string): Promise<{ run: Run | null; ended: RunSummary[] }>;
  /** Cancels a run and returns it once it has ended. @throws PlatformError RUN_NOT_FOUND */
  stop(learnerId: string, runId: string): Promise<Run>;
  /**
   * Does something to a run that is going on, which it remembers.
   * @throws PlatformError RUN_NOT_FOUND, NOT_RUNNING, NOT_BREAKABLE, SERVICE_NOT_READY
   */
  breakIt(learnerId: string, runId: string, request: BreakRequest): Promise<RunBreak>;
  /** Cancels what the learner has under way and waits for its end. */
  stopAll(learnerId: string): Promise<void>;
}

export interface RunsOptions extends RunContext {
  publish: (learnerId: string, event: ServerEvent) => void;
  newId: () => string;
  kept: KeptRuns;
}

/** Where the last runs of each lesson outlive the server. */
export interface KeptRuns {
  keep(learnerId: string, run: Run, now: Date): Promise<void>;
  find(learnerId: string, runId: string): Promise<Run | null>;
  /** Newest first. */
  list(learnerId: string, lesson: string): Promise<RunSummary[]>;
}

/** Runs remembered for each learner, with up to 64 KiB of output each. */
const REMEMBERED = 10;
/** A cancelled program is killed; this is for a machine that is very busy. */
const STOP_LIMIT_MS = 2500;

export function openRuns(options: RunsOptions): Runs {
  const { publish, newId, onFault, limits, kept: keptRuns } = options;
  const byLearner = new Map<string, RunRecord[]>();
  const runsOf = (learnerId: string) => byLearner.get(learnerId) ?? [];

  async function execute(run: RunRecord, earlier: readonly RunRecord[], exercise: Exercise, files: Files): Promise<void> {
    try {
      const unfinished = earlier.filter((other) => !other.isOver);
      if (unfinished.length > 0) run.awaits(waitingFor('last-run'));
      for (const other of unfinished) other.cancel();
      await abortable(Promise.all(unfinished.map(({ ended }) => ended)), run.signal);
      await executeRun(run, exercise, files, options);
    } catch (error) {
      endByError(run, error, onFault);
    }
    await keptRuns.keep(run.learnerId, run.toWire(), new Date()).catch(onFault);
  }

  function find(learnerId: string, runId: string): RunRecord {
    const run = runsOf(learnerId).find(({ id }) => id === runId);
    if (run) return run;
    throw notFound();
  }

  async function stop(run: RunRecord): Promise<void> {
    run.cancel();
    await Promise.race([run.ended, delay(STOP_LIMIT_MS, undefined, { ref: false })]);
  }

  const stopAll = async (learnerId: string) => {
    await Promise.all(
      runsOf(learnerId)
        .filter((run) => !run.isOver)
        .map(stop),
    );
  };

  return {
    start(learnerId, exercise, files) {
      options.leases.checkOpening(learnerId);
      const run = new RunRecord({
        id: newId(),
        learnerId,
        lesson: exercise.lesson,
        files,
        hasStatements: languages[exercise.spec.language].shows === 'queries',
        seed: VISIBLE_SEED,
        maxOutputBytes: limits.outputBytes,
        publish: (event) => publish(learnerId, event),
      });
      const earlier = runsOf(learnerId);
      const kept = earlier.filter((other, index) => !other.isOver || earlier.length - index < REMEMBERED);
      byLearner.set(learnerId, [...kept, run]);
      run.ended = execute(run, kept, exercise, files);
      return run.id;
    },
    read: (learnerId, runId) => find(learnerId, runId).toWire(),
    async recall(learnerId, runId) {
      const run = runsOf(learnerId).find(({ id }) => id === runId);
      const kept = run ? run.toWire() : await keptRuns.find(learnerId, runId);
      if (kept) return kept;
      throw notFound();
    },
    async ofLesson(learnerId, lesson) {
      const ended = await keptRuns.list(learnerId, lesson);
      const run = runsOf(learnerId).findLast((one) => one.lesson === lesson);
      if (run) return { run: run.toWire(), ended };
      const [newest] = ended;
      return { run: newest ? await keptRuns.find(learnerId, newest.runId) : null, ended };
    },
    async stop(learnerId, runId) {
      const run = find(learnerId, runId);
      await stop(run);
      return run.toWire();
    },
    async breakIt(learnerId, runId, request) {
      const run = find(learnerId, runId);
      if (!run.breakIt) throw notRunning(run);
      const done = await run.breakIt(request);
      run.wasBroken(done);
      return done;
    },
    stopAll,
    async [Symbol.asyncDispose]() {
      await Promise.all([...byLearner.keys()].map(stopAll));
    },
  };
}

function notFound(): PlatformError {
  return new PlatformError('RUN_NOT_FOUND', {
    message: 'There is no run with this id.',
    hint: 'The last runs of each lesson are kept, and older ones are not. Run the program again.',
  });
}

function notRunning({ isOver }: RunRecord): PlatformError {
  return new PlatformError('NOT_RUNNING', {
    message: isOver ? 'No program is running: this run has ended.' : 'No program is running: this run has not started yet.',
    hint: isOver ? 'Run again, and break it while it goes on.' : 'Wait until it has.',
  });
}

function endByError(run: RunRecord, error: unknown, onFault: (error: unknown) => void): void {
  if (run.signal.aborted) {
    run.finishes({ kind: 'cancelled', durationMs: 0 });
    return;
  }
  const explained = error instanceof PlatformError ? error : explainSystemError(error);
  if (explained) {
    run.fails(`${explained.message} ${explained.hint}`);
    return;
  }
  onFault(error);
  run.fails('The sandbox met a fault of its own. Your program is not to blame: run it again.');
}

import { PlatformError } from '#sandbox/errors.ts';
import type { DedicatedBroker } from '#sandbox/leases/dedicated-broker.ts';
import { untilBrokerAnswers, watchBroker } from './broker-watch.ts';
import type { GradeOptions } from './grade-options.ts';
import type { GraderProcess } from './grader-process.ts';
import type { Verdict } from './judge/ipc.ts';
import { checkResult, roundPassed } from './report.ts';
import { type RanRound, runRound } from './round.ts';
import { openRoundSupply, type RoundSupply } from './round-supply.ts';
import { flinkWasLost } from './sql-program.ts';
import { takeOwnBroker } from './submission-broker.ts';
import { openSubmissionFlink, type SubmissionFlink } from './submission-flink.ts';

/** How far the rounds of a submission have come. */
export interface RoundsCourse {
  startedAt: Date;
  /** When the first program could start. */
  readyAt: Date | null;
  /** The last round that was judged. */
  last: RanRound | null;
}

interface Options extends GradeOptions {
  seed: number;
  rounds: number;
  /** The brokers that the exercise operates; left out where it shares one. */
  own?: DedicatedBroker;
}

/** A round is tried this often when we are at fault. */
const ATTEMPTS = 2;
const BROKER_BACK_MS = 20_000;

/**
 * Runs rounds until one fails or all are done, and gives the last one. A round is made ready while the one before it runs.
 * @throws GraderFault, PlatformError, the signal's reason
 */
export async function runRounds(options: Options, course: RoundsCourse): Promise<RanRound> {
  if (options.exercise.spec.broker === 'shared') return runOnBroker(options, course);
  for (let tried = 1; ; tried++) {
    try {
      await using ownBroker = await takeOwnBroker(options);
      return await runOnBroker({ ...options, ...ownBroker }, course);
    } catch (error) {
      if (options.signal.aborted) throw options.signal.reason;
      if (tried === ATTEMPTS) throw error;
      options.onFault?.(error);
    }
  }
}

async function runOnBroker(options: Options, course: RoundsCourse): Promise<RanRound> {
  await using supply = openRoundSupply(options);
  await using seat = openSeat(options);
  await using submissionFlink = openSubmissionFlink(options);
  for (let round = 1; ; round++) {
    options.onRound?.(round);
    const ran = await attemptRound(options, { round, course, supply, seat, submissionFlink });
    course.last = ran;
    if (round === options.rounds || !roundPassed(ran)) return ran;
  }
}

interface Attempt {
  round: number;
  course: RoundsCourse;
  supply: RoundSupply;
  seat: Seat;
  submissionFlink: SubmissionFlink;
}

async function attemptRound(options: Options, attempt: Attempt): Promise<RanRound> {
  const { kafka, signal, onFault } = options;
  for (let tried = 1; ; tried++) {
    try {
      return await tryRound(options, attempt);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      // Brokers of a submission's own are given up with the round that met a fault on them.
      if (tried === ATTEMPTS || options.own) throw error;
      onFault?.(error);
      await Promise.all([attempt.seat.clear(), attempt.submissionFlink.clear()]);
      await untilBrokerAnswers(kafka, { limitMs: BROKER_BACK_MS, signal });
    }
  }
}

async function tryRound(options: Options, { round, course, supply, seat, submissionFlink }: Attempt): Promise<RanRound> {
  const { exercise, files, config, tenancy, signal, kafka, onWait } = options;
  const flink = await submissionFlink.take(onWait);
  const prepared = await supply.take(round);
  onWait?.(null);
  course.readyAt ??= new Date();
  await using watch = watchBroker(kafka);
  try {
    const timeMs = exercise.spec.limits.runMs;
    const ran = await runRound(prepared, {
      exercise,
      files,
      grader: seat.grader(),
      flink,
      limits: { ...config.limits.program, timeMs, maxJobs: config.limits.flink.maxJobs },
      // A grader of SQL waits itself for what a query that never ends writes.
      graderMs: config.limits.graderMs + (flink ? timeMs : 0),
      broker: tenancy.broker,
      own: options.own ?? null,
      onVerdict: (verdict) => tell(options, verdict, round),
      signal,
    });
    if (roundPassed(ran)) return ran;
    if (flink?.broken()) throw flinkWasLost();
    const fault = await watch.fault();
    if (fault !== null) throw brokerWasGone(fault);
    return ran;
  } finally {
    supply.giveBack(prepared);
  }
}

/** A pass in one round may be followed by a failure in the next, so passes are told in the last. */
function tell({ onCheck, rounds, exercise }: Options, verdict: Verdict, round: number): void {
  const title = exercise.spec.checks[verdict.id];
  const settled = verdict.status !== 'pass' || round === rounds;
  if (settled && title !== undefined) onCheck?.(checkResult(verdict, { title, round }));
}

function brokerWasGone(cause: unknown): PlatformError {
  return new PlatformError(
    'SERVICE_NOT_READY',
    {
      message: 'Kafka did not answer while your program was judged.',
      hint: 'Hand in again; `npm run doctor` tells what is missing.',
    },
    { cause },
  );
}

/** The grader's process of a submission, another one after a fault. */
interface Seat extends AsyncDisposable {
  grader(): GraderProcess;
  clear(): Promise<void>;
}

function openSeat({ graders }: Options): Seat {
  let taken: GraderProcess | null = null;
  const clear = async () => {
    await taken?.[Symbol.asyncDispose]();
    taken = null;
  };
  return {
    grader() {
      taken ??= graders.take();
      return taken;
    },
    clear,
    [Symbol.asyncDispose]: clear,
  };
}

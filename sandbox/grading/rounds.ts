import { needsOf } from '#sandbox/catalog/needs.ts';
import { PlatformError } from '#sandbox/errors.ts';
import type { DedicatedBroker } from '#sandbox/leases/dedicated-broker.ts';
import { untilBrokerAnswers, watchBroker } from './broker-watch.ts';
import { brokerEndedEachTime, type FoundationWatch, UNWATCHED, watchFoundation } from './foundation.ts';
import type { GradeOptions } from './grade-options.ts';
import { type GraderSeat, openSeat } from './grader-seat.ts';
import type { Verdict } from './judge/ipc.ts';
import { checkResult, isDecided, roundPassed } from './report.ts';
import { countTries, type Fault, RETRIES, type Tries } from './retries.ts';
import { type RanRound, runRound } from './round.ts';
import { openRoundSupply, type RoundSupply } from './round-supply.ts';
import { takeDedicated } from './submission-broker.ts';
import { flinkWasLost, openSubmissionFlink, type SubmissionFlink } from './submission-flink.ts';

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
  dedicatedBroker?: DedicatedBroker;
}

const BROKER_BACK_MS = 20_000;

/**
 * Runs rounds until one fails or all are done, and gives the last one. A round is made ready while the one before it runs. What meets a
 * fault of ours is tried again as `retries.ts` says.
 * @throws GraderFault, PlatformError, the signal's reason
 */
export async function runRounds(options: Options, course: RoundsCourse): Promise<RanRound> {
  const { foundation = UNWATCHED, signal, onFault } = options;
  const tries = countTries();
  for (;;) {
    const trying = { course, tries, footing: watchFoundation(foundation) };
    try {
      return await tryAll(options, trying);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const { fault, cause } = error instanceof RoundFault ? error : { fault: await faultOf(options, trying), cause: error };
      if (RETRIES[fault].again !== 'submission') throw cause;
      if (!tries.mayRetry(fault)) throw fault === 'broker-ended' ? brokerEndedEachTime(cause) : cause;
      onFault?.(cause);
      await foundation.restored(signal);
    }
  }
}

/** One try of all rounds. */
interface Try {
  course: RoundsCourse;
  tries: Tries;
  footing: FoundationWatch;
}

async function faultOf({ exercise }: Options, { footing }: Try): Promise<Fault> {
  return (await footing.disturbance()) ?? (needsOf(exercise.spec).dedicatedBrokers > 0 ? 'dedicated-brokers' : 'round');
}

/** A fault that ends the try of a round, by the name that it has in the policy. */
class RoundFault extends Error {
  readonly fault: Fault;

  constructor(fault: Fault, cause: unknown) {
    super(`a round met a fault: ${fault}`, { cause });
    this.fault = fault;
  }
}

async function tryAll(options: Options, trying: Try): Promise<RanRound> {
  const { dedicatedBrokers } = needsOf(options.exercise.spec);
  if (dedicatedBrokers === 0) return tryOnBroker(options, trying);
  await using parts = await takeDedicated(options, dedicatedBrokers);
  return await tryOnBroker({ ...options, ...parts }, trying);
}

async function tryOnBroker(options: Options, trying: Try): Promise<RanRound> {
  await using supply = openRoundSupply(options);
  await using seat = openSeat(options.graders);
  await using submissionFlink = openSubmissionFlink(options);
  for (let round = 1; ; round++) {
    options.onRound?.(round);
    const ran = await judgeRound(options, { ...trying, round, supply, seat, submissionFlink });
    trying.course.last = ran;
    if (isDecided(ran, options.rounds)) return ran;
  }
}

interface RoundTry extends Try {
  round: number;
  supply: RoundSupply;
  seat: GraderSeat;
  submissionFlink: SubmissionFlink;
}

/** @throws RoundFault, the signal's reason */
async function judgeRound(options: Options, trying: RoundTry): Promise<RanRound> {
  const { kafka, dedicatedBroker, signal, onFault } = options;
  const { tries, seat, submissionFlink, footing } = trying;
  for (;;) {
    try {
      return await tryRound(options, trying);
    } catch (cause) {
      if (signal.aborted) throw signal.reason;
      // A broker that ended a moment ago is known to have ended when it answers again.
      if (!dedicatedBroker && (await footing.disturbance()) === null)
        await untilBrokerAnswers(kafka, { limitMs: BROKER_BACK_MS, signal });
      const fault = await faultOf(options, trying);
      if (RETRIES[fault].again !== 'round' || !tries.mayRetry(fault)) throw new RoundFault(fault, cause);
      onFault?.(cause);
      await Promise.all([seat.clear(), submissionFlink.clear()]);
    }
  }
}

async function tryRound(options: Options, trying: RoundTry): Promise<RanRound> {
  const { exercise, files, config, tenancy, signal, kafka, onWait } = options;
  const { round, course, supply, seat, submissionFlink, footing } = trying;
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
      dedicatedBroker: options.dedicatedBroker ?? null,
      onVerdict: (verdict) => tell(options, verdict, round),
      signal,
    });
    const passed = roundPassed(ran);
    if (passed && !footing.brokerEnded()) return ran;
    // Not even a pass stands then: a broker that ended may have hidden what would have failed.
    const disturbance = await footing.disturbance();
    if (disturbance !== null) throw new Error(`round ${round} says nothing about the program: ${disturbance}`);
    if (flink?.broken()) throw flinkWasLost();
    const fault = await watch.fault();
    if (fault !== null) throw brokerWasSilent(fault);
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

function brokerWasSilent(cause: unknown): PlatformError {
  return new PlatformError(
    'SERVICE_NOT_READY',
    {
      message: 'Kafka did not answer while your program was judged.',
      hint: 'Hand in again; `npm run doctor` tells what is missing.',
    },
    { cause },
  );
}

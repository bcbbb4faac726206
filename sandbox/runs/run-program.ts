import { setTimeout as delay } from 'node:timers/promises';
import { runLimitMs } from '#sandbox/catalog/run-limit.ts';
import { type FollowedJobs, ProgramLost, type StatementListener } from '#sandbox/languages/contract/program.ts';
import type { RunResult } from '#sandbox/protocol/run.ts';
import type { Waiting } from '#sandbox/protocol/waiting.ts';
import type { RunLimits } from '#sandbox/providers/provider.ts';
import type { TenantTopic } from '#sandbox/tenancy/tenancy.ts';
import { type BreakContext, breakerOf } from './break-run.ts';
import { lostInWords } from './lost-in-words.ts';
import { followOutput } from './output-hints.ts';
import type { PreparedRun } from './prepared-run.ts';
import type { RunRecord } from './run-record.ts';
import type { StartGate } from './start-gate.ts';

export interface ProgramContext extends BreakContext {
  limits: Omit<RunLimits, 'timeMs'>;
  /** Of what goes on until it is stopped, and of its jobs. */
  sqlLimits: { runMs: number; maxJobs: number };
  gate: StartGate;
  /** Called when a program with jobs has begun, so that the lens can follow them. */
  onJobs: (run: RunRecord, followed: FollowedJobs, topics: readonly TenantTopic[]) => void;
}

/** Ending a job takes some 100 ms; a Flink that takes longer than this has run out of memory or hangs, and is replaced. */
const CANCEL_LIMIT_MS = 2000;

/**
 * Runs the program of a prepared run where its language runs it, until it has ended, Stop, or the time is over.
 *
 * @returns null when Flink ended unexpectedly: then the run has failed by a Streamwright error
 * @throws PlatformError SERVICE_NOT_READY when no Flink can be had; the signal's reason
 */
export async function runProgram(prepared: PreparedRun, context: ProgramContext): Promise<RunResult | null> {
  const { run, exercise, language, needs, lease, target, topics, round } = prepared;
  const { limits, sqlLimits, gate, onJobs } = context;
  const { workspace, otherBrokers, tenant } = target;
  const awaits = (what: Waiting) => run.awaits(what);
  const flink = needs.lent.includes('flink') ? await run.measure('flink', () => lease.flink.take(run.signal, awaits)) : null;
  using _starting = workspace ? await gate.enter(run.learnerId, run.signal, awaits) : null;
  run.starts();
  const hints = followOutput(run, exercise, language);
  const program = language.start({
    ...{ exercise, files: prepared.files, data: round, tenant, generation: prepared.generation, topics },
    lent: { workspace, flink, otherBrokers },
    limits: { ...limits, timeMs: runLimitMs(exercise.spec, sqlLimits.runMs), maxJobs: sqlLimits.maxJobs },
    bounded: false,
    onOutput: (chunk) => {
      run.output.add(chunk);
      hints?.add(chunk.text);
    },
    listener: listenerOf(run),
    signal: run.signal,
  });
  const { ended, followed } = program;
  run.breakIt = breakerOf(prepared, program, context);
  if (followed) onJobs(run, followed, topics);
  try {
    const result = await run.measure('program', () => (flink ? Promise.race([ended, tooLong(run.signal)]) : ended));
    if (result !== null) {
      hints?.end(result);
      return result;
    }
  } catch (error) {
    if (!(error instanceof ProgramLost)) throw error;
    lease.flink.warm();
    run.fails(lostInWords(error.service, language));
    return null;
  } finally {
    run.breakIt = null;
  }
  // What it left behind must not slow the next run.
  ended.catch(() => null);
  lease.flink.replace();
  lease.flink.warm();
  return { kind: 'cancelled', durationMs: run.elapsedMs };
}

/** Keeps what statements give as long as the run is open; none of a program without statements. */
function listenerOf(run: RunRecord): StatementListener | undefined {
  const { sql } = run;
  if (!sql) return undefined;
  const whileOpen = <Args extends unknown[]>(tell: (...args: Args) => void) => {
    return (...args: Args) => (run.isOver ? undefined : tell(...args));
  };
  return {
    onStatement: whileOpen((statement) => sql.tell(statement)),
    onChanges: whileOpen((index, first, changes) => sql.add(index, first, changes)),
    onTable: whileOpen((index, table) => sql.fold(index, table)),
  };
}

/** Null once a cancelled run should have ended long ago; pending indefinitely while no one cancels it. */
async function tooLong(cancelled: AbortSignal): Promise<null> {
  await new Promise<void>((resolve) => {
    if (cancelled.aborted) resolve();
    cancelled.addEventListener('abort', () => resolve(), { once: true });
  });
  await delay(CANCEL_LIMIT_MS, undefined, { ref: false });
  return null;
}

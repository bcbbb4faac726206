import { setTimeout as delay } from 'node:timers/promises';
import { PlatformError } from '#sandbox/errors.ts';
import type { RunResult } from '#sandbox/protocol/run.ts';
import type { SqlChange, SqlError, SqlStatement, SqlTable } from '#sandbox/protocol/sql.ts';
import { hasEnded } from '#sandbox/services/flink/client/jobs.ts';
import { startPace } from '#sandbox/services/flink/session/pace.ts';
import type { FlinkSeat } from '#sandbox/services/flink/session/seat.ts';
import { openSqlSession, type SqlSession } from '#sandbox/services/flink/session/session.ts';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';
import { type Declared, declarations } from './declared.ts';
import { type SqlFile, type Statement, splitSql } from './split.ts';
import { FLINK_LOST } from './sql-error.ts';
import { runStatement, type StatementContext, StatementFailure } from './statement-run.ts';

export type { SqlFile } from './split.ts';

export interface SqlOptions {
  flink: FlinkSeat;
  tenant: Tenant;
  /** Generation of the statements' topics: `orders` is `<prefix><generation>.orders`. */
  generation: number;
  /** In the order in which they run. Indexes of statements count through all of them. */
  files: readonly SqlFile[];
  /** Logical names of the topics that exist; where left out, only Flink finds an unknown one. */
  topics?: readonly string[] | undefined;
  /** When true, every table ends with what it holds when read, and each statement waits for the previous one; else jobs run in parallel. */
  bounded: boolean;
  /** Called when a statement starts, gets its columns or its job, or ends. Each call has the whole statement. */
  onStatement?: ((statement: SqlStatement) => void) | undefined;
  /** Called with changes of a statement's result, in order, at most 500 at a time; see `ResultFeedOptions`. */
  onChanges?: ((index: number, first: number, changes: SqlChange[]) => void) | undefined;
  /** Called with the table that the changes so far add up to: after changes were reported, and once when the result has ended. */
  onTable?: ((index: number, table: SqlTable) => void) | undefined;
  /** Statements whose job was ended on purpose while the others go on; when all have ended, the result is `cancelled`. */
  killed?: ReadonlySet<number> | undefined;
  /** Aborting ends the jobs; the result is `cancelled`. */
  signal?: AbortSignal | undefined;
  limits: { timeMs: number; maxJobs: number };
}

/** What a run has started. */
interface Started {
  session: SqlSession | null;
  jobIds: string[];
  /** Index of the statement that started last. */
  index: number;
  /** Settles when the run reports nothing more. */
  work: Promise<unknown>[];
}

/** No one reads more statements. */
const MOST_STATEMENTS = 200;
/** How long to wait for a submission in progress when a run ends: closing the session during it could leave its job running. */
const SUBMIT_LIMIT_MS = 1500;
const CLOSE_LIMIT_MS = 3000;
const JOB_PAUSE_MS = 50;

/**
 * Runs SQL in its own session, statement after statement, to the end of every statement and job. When it returns, the session is closed and
 * none of its jobs is left.
 *
 * Bounded, each statement has ended before the next one starts. Live, the next statement starts as soon as a query or an insert has been
 * submitted: a query that never ends delays nothing, and all of them end with Stop or at the time limit.
 *
 * @returns `sql-finished`, `sql-failed` (the statement's range counts in its file; code `flink_lost`: the JVM ended, a Streamwright error),
 * `cancelled` or `timed-out`. Never throws for the learner's faults.
 */
export async function executeSql(options: SqlOptions): Promise<RunResult> {
  const { flink, limits, signal } = options;
  const startedAt = performance.now();
  const now = () => performance.now() - startedAt;
  const started: Started = { session: null, jobIds: [], index: 0, work: [] };
  const stop = new AbortController();
  const endings: Promise<RunResult>[] = [
    runAll(options, started, { signal: stop.signal, now }),
    delay(limits.timeMs, undefined, { signal: stop.signal }).then(() => ({
      kind: 'timed-out',
      limitMs: limits.timeMs,
      durationMs: now(),
    })),
    flink.flink.ended.then(() => failed(started.index, FLINK_LOST, now)),
  ];
  if (signal) endings.push(untilAborted(signal, stop.signal).then(() => ({ kind: 'cancelled', durationMs: now() })));
  try {
    return await Promise.race(endings);
  } finally {
    stop.abort();
    await close(started, flink);
  }
}

async function runAll(
  options: SqlOptions,
  started: Started,
  { signal, now }: { signal: AbortSignal; now: () => number },
): Promise<RunResult> {
  const statements = options.files.flatMap(splitSql);
  const tooMany = statements[MOST_STATEMENTS];
  if (tooMany) return failed(MOST_STATEMENTS, tooManyStatements(tooMany), now);
  const failing = Promise.withResolvers<never>();
  const inOrder = runInOrder(statements, { options, started, signal, now, fail: failing.reject });
  started.work.push(inOrder);
  try {
    await Promise.race([inOrder, failing.promise]);
    return { kind: options.killed?.size ? 'cancelled' : 'sql-finished', durationMs: now() };
  } catch (error) {
    if (error instanceof StatementFailure) return failed(error.index, error.error, now);
    if (error instanceof PlatformError) return failed(started.index, FLINK_LOST, now);
    throw error;
  }
}

async function runInOrder(
  statements: readonly Statement[],
  parts: { options: SqlOptions; started: Started; signal: AbortSignal; now: () => number; fail: (error: unknown) => void },
): Promise<void> {
  const { options, started, signal, now, fail } = parts;
  const { flink, tenant, generation, bounded, limits } = options;
  started.session = await openSqlSession({ flink, tenant, generation, bounded, maxJobs: limits.maxJobs, signal });
  const declared: Declared[] = [];
  const context: StatementContext = {
    ...{ flink, session: started.session, declared, topics: options.topics ?? null, signal, now },
    isKilled: (index) => options.killed?.has(index) ?? false,
    onStatement: (statement) => options.onStatement?.(statement),
    onChanges: (index, first, changes) => options.onChanges?.(index, first, changes),
    onTable: (index, table) => options.onTable?.(index, table),
  };
  const running: Promise<void>[] = [];
  for (const [index, statement] of statements.entries()) {
    signal.throwIfAborted();
    started.index = index;
    const { jobId, ended } = await runStatement(statement, index, context);
    declared.push(...declarations(statement));
    if (jobId !== null) started.jobIds.push(jobId);
    started.work.push(ended);
    ended.catch(fail);
    running.push(ended);
    if (bounded || jobId === null) await ended;
  }
  await Promise.all(running);
}

function failed(index: number, error: SqlError, now: () => number): RunResult {
  return { kind: 'sql-failed', index, error, durationMs: now() };
}

function tooManyStatements({ range }: Statement): SqlError {
  return { code: 'too_complex', message: `A run may have ${MOST_STATEMENTS} statements; this one has more.`, range };
}

function untilAborted(signal: AbortSignal, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true, signal: stopped });
  });
}

/** Closes the session and waits for its jobs to end. Ends a JVM that does not do so in time. */
async function close(started: Started, flink: FlinkSeat): Promise<void> {
  const closed = closeSession(started, flink).then(() => true);
  const inTime = await Promise.race([closed, delay(CLOSE_LIMIT_MS, false, { ref: false })]).catch(() => false);
  if (!inTime) flink.discard();
}

async function closeSession(started: Started, { jobs }: FlinkSeat): Promise<void> {
  const submitted = Promise.allSettled(started.work);
  await Promise.race([submitted, delay(SUBMIT_LIMIT_MS, undefined, { ref: false })]);
  await started.session?.[Symbol.asyncDispose]();
  await submitted;
  for (const jobId of started.jobIds) {
    const pace = startPace(JOB_PAUSE_MS);
    for (;;) {
      const state = await jobs.state(jobId);
      if (state === null || hasEnded(state)) break;
      await pace.wait();
    }
  }
}

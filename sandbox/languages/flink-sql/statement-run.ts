/**
 * One statement of a run, from its submission to the end of its result and its job.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { SqlChange, SqlError, SqlStatement, SqlTable } from '#sandbox/protocol/sql.ts';
import type { ResultPage } from '#sandbox/services/flink/client/gateway.ts';
import { hasEnded } from '#sandbox/services/flink/client/jobs.ts';
import { type GatewayProblem, jobProblemOf, StatementError } from '#sandbox/services/flink/client/problem.ts';
import { startPace } from '#sandbox/services/flink/session/pace.ts';
import type { FlinkSeat } from '#sandbox/services/flink/session/seat.ts';
import type { SqlSession } from '#sandbox/services/flink/session/session.ts';
import type { Declared } from './declared.ts';
import { openResultFeed } from './result-feed.ts';
import type { Statement } from './split.ts';
import { sqlErrorOf } from './sql-error.ts';
import { usesUnknownTopic } from './unknown-topic.ts';

export interface StatementContext {
  flink: Pick<FlinkSeat, 'gateway' | 'jobs'>;
  session: SqlSession;
  /** What the statements before this one declare. */
  declared: readonly Declared[];
  /** Logical names of the topics that exist; null where they are not known. */
  topics: readonly string[] | null;
  /** Whether the job of a statement was ended on purpose: that is no mistake in the statement. */
  isKilled: (index: number) => boolean;
  /** Ends the run: what then runs is `cancelled`. */
  signal: AbortSignal;
  /** Milliseconds since the run started. */
  now: () => number;
  onStatement: (statement: SqlStatement) => void;
  onChanges: (index: number, first: number, changes: SqlChange[]) => void;
  onTable: (index: number, table: SqlTable) => void;
}

export interface StatementRun {
  /** Id of its job; null when it has none. */
  jobId: string | null;
  /** Settles when its result and its job have ended. @throws the error that ended it */
  ended: Promise<void>;
}

/** A statement failed because of what the learner wrote. */
export class StatementFailure extends Error {
  override readonly name = 'StatementFailure';
  readonly index: number;
  readonly error: SqlError;

  constructor(index: number, error: SqlError) {
    super(error.message);
    this.index = index;
    this.error = error;
  }
}

const READY_PAUSE_MS = 50;
const ROWS_PAUSE_MS = 100;
const JOB_PAUSE_MS = 200;
/** Beyond this many changes no one reads along; the rest comes at a pace that leaves the server free for other learners. */
const FAST_CHANGES = 20_000;
const SLOW_PAGE_MS = 50;

/**
 * Submits a statement and returns when it has been accepted; for a query or an insert, when its job has started.
 * @throws StatementFailure, PlatformError SERVICE_NOT_READY, the signal's reason
 */
export async function runStatement(statement: Statement, index: number, context: StatementContext): Promise<StatementRun> {
  const { flink, session, signal } = context;
  const { file, range, kind } = statement;
  const told: SqlStatement = {
    ...{ index, file: file.name, range, kind, status: 'running' as const },
    ...{ columns: [], jobId: null, changeCount: 0, error: null, startMs: Math.round(context.now()) },
  };
  const tell = (change: Partial<SqlStatement>) => {
    const ended = change.status === undefined ? {} : { endMs: Math.round(context.now()) };
    context.onStatement({ ...Object.assign(told, change, ended) });
  };

  const { declared } = context;
  /** A topic is named in a CREATE TABLE; Flink's error does not say which. */
  const errorOf = (problem: GatewayProblem) => {
    const unknown = problem.code === 'unknown_topic' ? usesUnknownTopic(statement, context) : null;
    return unknown ?? sqlErrorOf(problem, { statement, sent: statement.run, topicPrefix: session.topicPrefix, declared });
  };

  async function guarded<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      if (!(cause instanceof StatementError) || signal.aborted) {
        tell({ status: 'cancelled' });
        throw cause;
      }
      const error = errorOf(cause.problem);
      tell({ status: 'failed', error });
      throw new StatementFailure(index, error);
    }
  }

  /** A job that was ended on purpose ends its statement without an error. */
  async function orKilled(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (cause) {
      if (!(cause instanceof StatementError) || !context.isKilled(index)) throw cause;
      tell({ status: 'cancelled' });
    }
  }

  /** Continues when the run ends, so that the job that it starts is known and can be waited for. */
  async function begin(): Promise<{ operation: string; first: ResultPage }> {
    const operation = await flink.gateway.submit(session.id, statement.run.sql);
    const pace = startPace(READY_PAUSE_MS);
    for (;;) {
      const first = await flink.gateway.fetch(session.id, operation, 0);
      if (first.state !== 'not-ready') return { operation, first };
      await pace.wait();
    }
  }

  async function follow(operation: string, first: ResultPage): Promise<void> {
    const feed = openResultFeed({
      now: context.now,
      onChanges: (from, changes) => context.onChanges(index, from, changes),
      onTable: (table) => context.onTable(index, table),
    });
    try {
      const pace = startPace(ROWS_PAUSE_MS);
      for (let page = first; ; page = await flink.gateway.fetch(session.id, operation, page.nextToken, signal)) {
        if (page.rows.length > 0) {
          feed.add(page.rows);
          told.changeCount = feed.count();
          pace.again();
        }
        if (page.state === 'end') break;
        if (feed.count() > FAST_CHANGES) await delay(SLOW_PAGE_MS, undefined, { signal });
        if (page.rows.length === 0) await pace.wait(signal);
      }
    } finally {
      feed.end();
    }
    tell({ status: 'finished' });
  }

  async function watch(jobId: string): Promise<void> {
    const pace = startPace(JOB_PAUSE_MS);
    for (;;) {
      const state = await flink.jobs.state(jobId, signal);
      if (state === 'FAILED') throw new StatementError(jobProblemOf((await flink.jobs.failure(jobId, signal)) ?? ''));
      if (state === null || hasEnded(state)) return tell({ status: state === 'FINISHED' ? 'finished' : 'cancelled' });
      await pace.wait(signal);
    }
  }

  tell({});
  const unknown = usesUnknownTopic(statement, context);
  if (unknown) {
    // Flink would wait ten seconds for the topic, and then not name it.
    tell({ status: 'failed', error: unknown });
    throw new StatementFailure(index, unknown);
  }
  const { operation, first } = await guarded(begin());
  const { jobId } = first;
  if (first.isQuery || (jobId === null && first.hasContent)) {
    tell({ columns: first.columns, jobId });
    return { jobId, ended: guarded(orKilled(follow(operation, first))) };
  }
  if (jobId !== null) {
    tell({ jobId });
    return { jobId, ended: guarded(orKilled(watch(jobId))) };
  }
  tell({ status: 'finished' });
  return { jobId, ended: Promise.resolve() };
}

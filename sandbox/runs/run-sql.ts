import { setTimeout as delay } from 'node:timers/promises';
import { executeSql, type SqlFile, type SqlOptions } from '#sandbox/languages/flink-sql/execute.ts';
import { sqlFiles } from '#sandbox/languages/flink-sql/sql-files.ts';
import type { LentFlink } from '#sandbox/leases/flink-pool.ts';
import type { RunResult } from '#sandbox/protocol/run.ts';
import type { TenantTopic } from '#sandbox/tenancy/tenancy.ts';
import type { PreparedRun } from './prepared-run.ts';
import type { RunRecord } from './run-record.ts';
import type { SqlRecord } from './sql-record.ts';

/** What the lens needs to follow the jobs of a run. */
export interface RunningSql {
  flink: LentFlink;
  files: readonly SqlFile[];
  topics: readonly TenantTopic[];
}

export interface SqlContext {
  sqlLimits: { runMs: number; maxJobs: number };
  /** Told when the statements begin, so that the lens can follow their jobs. */
  onSql: (run: RunRecord, sql: RunningSql) => void;
  execute?: typeof executeSql;
}

const FLINK_LOST = 'Flink ended while your query ran and is started again. This is no fault of your SQL: run it again.';
/** Ending a job takes some 100 ms; a Flink that takes longer than this has run out of memory or hangs, and is replaced. */
const CANCEL_LIMIT_MS = 2000;

/**
 * Runs the SQL of a prepared run in the Flink of its lease, until every statement has ended, Stop, or the time is over.
 *
 * @returns null when Flink ended by itself: then the run has failed by a fault of ours
 * @throws PlatformError SERVICE_NOT_READY when no Flink can be had; the signal's reason
 */
export async function runSql(prepared: PreparedRun, sql: SqlRecord, context: SqlContext): Promise<RunResult | null> {
  const { run, exercise, lease, generation, topics } = prepared;
  const flink = await run.measure('flink', () => lease.flink.take(run.signal, (what) => run.awaits(what)));
  const files = sqlFiles(exercise, prepared.files);
  run.starts();
  context.onSql(run, { flink, files, topics });
  const whileOpen = <Args extends unknown[]>(tell: (...args: Args) => void) => {
    return (...args: Args) => (run.isOver ? undefined : tell(...args));
  };
  const executing = (context.execute ?? executeSql)({
    flink,
    tenant: lease.tenant,
    generation,
    files,
    bounded: false,
    onStatement: whileOpen((statement) => sql.tell(statement)),
    onChanges: whileOpen((index, first, changes) => sql.add(index, first, changes)),
    onTable: whileOpen((index, table) => sql.fold(index, table)),
    signal: run.signal,
    limits: { timeMs: context.sqlLimits.runMs, maxJobs: context.sqlLimits.maxJobs },
  } satisfies SqlOptions);
  const result = await run.measure('program', () => Promise.race([executing, tooLong(run.signal)]));
  if (result === null) {
    // What it left behind must not slow the next run.
    executing.catch(() => null);
    lease.flink.replace();
    lease.flink.warm();
    return { kind: 'cancelled', durationMs: run.elapsedMs };
  }
  if (result.kind !== 'sql-failed' || result.error.code !== 'flink_lost') return result;
  lease.flink.warm();
  run.fails(FLINK_LOST);
  return null;
}

/** Null once a cancelled run should have ended long ago; pending for ever while nobody cancels it. */
async function tooLong(cancelled: AbortSignal): Promise<null> {
  await new Promise<void>((resolve) => {
    if (cancelled.aborted) resolve();
    cancelled.addEventListener('abort', () => resolve(), { once: true });
  });
  await delay(CANCEL_LIMIT_MS, undefined, { ref: false });
  return null;
}

import type { SqlError } from '#sandbox/protocol/sql.ts';
import { StatementError } from '#sandbox/services/flink/client/gateway.ts';
import { openScratch, type Scratch } from '#sandbox/services/flink/session/scratch.ts';
import type { FlinkSeat } from '#sandbox/services/flink/session/seat.ts';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';
import { type SqlFile, type Statement, splitSql } from './split.ts';
import { sqlErrorOf } from './sql-error.ts';

export interface SqlCheckOptions {
  flink: FlinkSeat;
  tenant: Tenant;
  /** Files whose statements come before and are taken as correct: `tables.sql`. */
  before: readonly SqlFile[];
  /** The file to check. */
  file: SqlFile;
  signal?: AbortSignal | undefined;
}

/**
 * Returns the errors of a file's statements, without running a query or an insert: DDL and SET run in a session that is then discarded, the
 * rest is explained. A table that a `CREATE TABLE … AS` would create does not exist for the statements after it, so those are not checked.
 *
 * @returns at most one error per statement, in order; ranges count in `file`, and an error without a known place marks the whole statement
 * @throws PlatformError SERVICE_NOT_READY when Flink is not responding; the signal's reason
 */
export async function checkSql(options: SqlCheckOptions): Promise<SqlError[]> {
  await using scratch = await openScratch(options);
  await prepare(scratch, options.before.flatMap(splitSql));
  const errors: SqlError[] = [];
  for (const statement of splitSql(options.file)) {
    const error = await lookAt(scratch, statement);
    if (error) errors.push({ ...error, range: error.range ?? statement.range });
    if (statement.createsFromQuery) break;
  }
  return errors;
}

/** Runs the statements that later ones depend on; their own errors are ignored here. */
export async function prepare(scratch: Scratch, statements: readonly Statement[]): Promise<void> {
  for (const statement of statements) if (!statement.explained) await lookAt(scratch, statement);
}

async function lookAt({ session, ask }: Scratch, statement: Statement): Promise<SqlError | null> {
  const sent = statement.explained ? statement.explain : statement.run;
  try {
    await ask(sent.sql);
    return null;
  } catch (error) {
    if (error instanceof StatementError) return sqlErrorOf(error.problem, statement, sent, session.topicPrefix);
    throw error;
  }
}

import { counted } from '#lessons/counted.ts';
import type { SqlError } from '#sandbox/protocol/sql.ts';
import { StatementError } from '#sandbox/services/flink/client/gateway.ts';
import { openScratch, type Scratch } from '#sandbox/services/flink/session/scratch.ts';
import type { FlinkSeat } from '#sandbox/services/flink/session/seat.ts';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';
import { type Declared, declarations, declaredBy } from './declared.ts';
import { type SqlFile, type Statement, splitSql } from './split.ts';
import { sqlErrorOf } from './sql-error.ts';
import { unknownTopicIn } from './unknown-topic.ts';

export interface SqlCheckOptions {
  flink: FlinkSeat;
  tenant: Tenant;
  /** Files whose statements come before and are taken as correct: `tables.sql`. */
  before: readonly SqlFile[];
  /** The file to check. */
  file: SqlFile;
  /** Logical names of the topics that exist; where left out, only Flink finds an unknown one. */
  topics?: readonly string[] | undefined;
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
  const before = options.before.flatMap(splitSql);
  await prepare(scratch, before);
  const declared = before.flatMap(declarations);
  const errors: FoundError[] = [];
  for (const statement of splitSql(options.file)) {
    const error = (await lookAt(scratch, statement, declared)) ?? unknownTopicIn(statement, options.topics ?? null);
    const cause = error && causeOf(error, errors);
    if (cause) cause.followers += 1;
    else if (error) errors.push({ error: { ...error, range: error.range ?? statement.range }, statement, followers: 0 });
    if (statement.createsFromQuery) break;
    declared.push(...declarations(statement));
  }
  return errors.map(withFollowers);
}

interface FoundError {
  error: SqlError;
  statement: Statement;
  /** Statements that failed only because this one did. */
  followers: number;
}

const MISSING_TABLE =
  /^Object '(\w+)' not found|Cannot find table '(?:\w+\.)*(\w+)'|Table (?:with identifier )?'?(?:\w+\.)*(\w+)'? does not exist/;

/** Returns the refused statement that would have created the table which this error misses. */
function causeOf({ message }: SqlError, errors: readonly FoundError[]): FoundError | undefined {
  const [, ...names] = MISSING_TABLE.exec(message) ?? [];
  const missing = names.find((name) => name !== undefined);
  if (missing === undefined) return undefined;
  return errors.find(({ statement, error }) => error.code !== 'unknown_topic' && declaredBy(statement)?.table === missing);
}

function withFollowers({ error, followers, statement }: FoundError): SqlError {
  if (followers === 0) return error;
  const later = `${counted(followers, 'later statement')} ${followers === 1 ? 'needs' : 'need'}`;
  return { ...error, message: `${error.message} ${later} ${declaredBy(statement)?.table}.` };
}

/** Runs the statements that later ones depend on; their own errors are ignored here. */
export async function prepare(scratch: Scratch, statements: readonly Statement[]): Promise<void> {
  for (const statement of statements) if (!statement.explained) await lookAt(scratch, statement);
}

async function lookAt(
  { session, ask }: Scratch,
  statement: Statement,
  declared: readonly Declared[] = [],
): Promise<SqlError | null> {
  const sent = statement.explained ? statement.explain : statement.run;
  try {
    await ask(sent.sql);
    return null;
  } catch (error) {
    if (error instanceof StatementError)
      return sqlErrorOf(error.problem, { statement, sent, topicPrefix: session.topicPrefix, declared });
    throw error;
  }
}

/**
 * Translates Flink's errors about a statement into terms of the learner's file and names.
 */

import type { SqlError, SqlRange } from '#sandbox/protocol/sql.ts';
import type { GatewayProblem } from '#sandbox/services/flink/client/gateway.ts';
import { type Declared, namesIn } from './declared.ts';
import type { SentText, Statement } from './split.ts';
import { withHint } from './sql-hints.ts';
import { offsetOf, rangeOf } from './text-position.ts';
import { tokensOf } from './tokens.ts';
import { webCharacterIn } from './web-characters.ts';

const DATABASE = /`?\bdefault_catalog`?\.`?default_database`?\.`?(\w+)`?/g;

export interface FailedStatement {
  statement: Statement;
  /** The text that the problem refers to. */
  sent: SentText;
  /** Prefix of the learner's topic names on the broker. */
  topicPrefix: string;
  /** What the statements before it declare: it may have been meant. */
  declared?: readonly Declared[];
}

export function sqlErrorOf(problem: GatewayProblem, { statement, sent, topicPrefix, declared = [] }: FailedStatement): SqlError {
  if (problem.message.startsWith(NO_STATEMENT)) return noStatement(statement);
  const { file, start, end } = statement;
  const message = withHint(problem.message.replaceAll(topicPrefix, '').replaceAll(DATABASE, '$1'), {
    statement: file.text.slice(start, end),
    ...namesIn(file.text.slice(start, end)),
    tables: declared.map(({ table }) => table),
    columns: declared.flatMap(({ columns }) => columns),
    startless: declared.flatMap(({ table, hasStart }) => (hasStart ? [] : [table])),
  });
  return {
    code: problem.code,
    message,
    range: webRange(problem, statement) ?? rangeInFile(problem, statement, sent) ?? quotedRange(problem, statement),
  };
}

/** Calcite reads a text that starts with no statement's keyword as an expression, and then refuses the expression. */
const NO_STATEMENT = 'Non-query expression encountered in illegal context';

function noStatement({ file, start, end }: Statement): SqlError {
  const [first] = tokensOf(file.text.slice(start, end));
  const length = first?.end ?? 1;
  const word = file.text.slice(start, start + length);
  return {
    code: 'invalid_sql',
    message: `No statement begins with "${word}".`,
    range: rangeOf(file.text, start, start + length),
  };
}

/** A Streamwright error: the JVM that ran the statement has ended. */
export const FLINK_LOST: SqlError = {
  code: 'flink_lost',
  message: 'Flink ended while your SQL was running, and restarts automatically. Your SQL is not the cause: run it again.',
  range: null,
};

function rangeInFile({ range }: GatewayProblem, statement: Statement, sent: SentText): SqlRange | null {
  if (!range) return null;
  const inFile = (line: number, column: number) => {
    const offset = offsetOf(sent.sql, { line, column }) - sent.head.length + sent.start;
    return Math.min(Math.max(offset, statement.start), statement.end - 1);
  };
  return rangeOf(statement.file.text, inFile(range.line, range.column), inFile(range.endLine, range.endColumn) + 1);
}

/** Where Flink's parser stumbles over a character of a web page, that character is marked, not what comes after it. */
function webRange({ code }: GatewayProblem, { file, start, end }: Statement): SqlRange | null {
  const found = code === 'invalid_sql' ? webCharacterIn(file.text.slice(start, end)) : null;
  return found && rangeOf(file.text, start + found.offset, start + found.offset + 1);
}

/** The gate names the option that it refuses without a place. Returns the range where the statement writes it. */
function quotedRange({ code, message }: GatewayProblem, { file, start, end }: Statement): SqlRange | null {
  if (code !== 'option_not_allowed') return null;
  const tokens = [...tokensOf(file.text.slice(start, end))];
  for (const [named] of message.matchAll(/'[^']+'/g)) {
    const token = tokens.find(({ text }) => text === named);
    if (token) return rangeOf(file.text, start + token.start, start + token.end);
  }
  return null;
}

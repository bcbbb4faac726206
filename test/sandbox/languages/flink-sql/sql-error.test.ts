import { describe, expect, test } from 'vitest';
import { declarations } from '#sandbox/languages/flink-sql/declared.ts';
import { splitSql } from '#sandbox/languages/flink-sql/split.ts';
import { sqlErrorOf } from '#sandbox/languages/flink-sql/sql-error.ts';
import type { GatewayProblem } from '#sandbox/services/flink/client/gateway.ts';

function error(text: string, how: 'run' | 'explain', problem: Partial<GatewayProblem>, index = 0) {
  const statement = splitSql({ name: 'main.sql', text })[index];
  if (!statement) throw new Error('no such statement');
  return sqlErrorOf(
    { code: 'invalid_sql', message: '', range: null, ...problem },
    { statement, sent: statement[how], topicPrefix: 'u7f2k9xq0.3.' },
  );
}

const at = (line: number, column: number, endLine = line, endColumn = column) => ({ line, column, endLine, endColumn });

describe('the place of an error counts in the file', () => {
  test('of a statement that starts in the middle of a line', () => {
    const text = 'SET a = 1; SELECT amout\nFROM ordrs';
    expect(error(text, 'run', { range: at(1, 8, 1, 12) }, 1).range).toEqual(at(1, 19, 1, 23));
    expect(error(text, 'run', { range: at(2, 6, 2, 10) }, 1).range).toEqual(at(2, 6, 2, 10));
  });

  test('of a statement that was explained', () => {
    expect(error('\n  SELECT amout\r\nFROM t', 'explain', { range: at(2, 8, 3, 4) }).range).toEqual(at(2, 10, 3, 4));
  });

  test('of an insert within a statement set, on the line of its BEGIN or below', () => {
    const text = 'BEGIN STATEMENT SET; INSERT INTO a SELECT x;\nINSERT INTO b SELECT y;\nEND;';
    const head = 'EXECUTE STATEMENT SET BEGIN'.length;
    expect(error(text, 'run', { range: at(1, head + 23) }).range).toEqual(at(1, 43));
    expect(error(text, 'explain', { range: at(2, 22) }).range).toEqual(at(2, 22));
  });

  test('and stays within the statement, whatever Flink says', () => {
    expect(error('SELECT 1; SELECT 2', 'run', { range: at(1, 1, 9, 99) }).range).toEqual(at(1, 1, 1, 8));
    expect(error('SELECT 1', 'explain', { range: at(1, 1) }).range).toEqual(at(1, 1));
  });
});

test('a refused option is marked where the statement writes it', () => {
  const text = "CREATE TABLE t (x INT) WITH (\n  'connector' = 'kafka', 'scan.parallelism' = '4')";
  const message = "The option 'scan.parallelism' is not available for 'kafka' tables here.";
  expect(error(text, 'run', { code: 'option_not_allowed', message }).range).toEqual(at(2, 26, 2, 43));
});

test('an error without a place has no range', () => {
  expect(error('SELECT 1', 'run', { code: 'failed', message: "it's 'x'" }).range).toBeNull();
});

test('a table whose name holds the signs of a pattern is named like any other', () => {
  const text =
    "CREATE TABLE `a(b` (x INT) WITH ('connector' = 'kafka', 'topic' = 'orders', 'format' = 'json'); SELECT * FROM `a(b`";
  const [declaring, statement] = splitSql({ name: 'main.sql', text });
  if (!declaring || !statement) throw new Error('no statements');
  const message = 'Property group.id is required when using committed offset for offset initializer';
  const problem: GatewayProblem = { code: 'failed', message, range: null };
  const where = { statement, sent: statement.run, topicPrefix: 'u7f2k9xq0.3.', declared: declarations(declaring) };
  expect(sqlErrorOf(problem, where).message).toMatch(/^The CREATE TABLE of a\(b has no 'scan\.startup\.mode'/);
});

test("messages use the learner's names", () => {
  const message =
    "Sink 'default_catalog.default_database.big' and `default_catalog`.`default_database`.`small`: topic u7f2k9xq0.3.orders";
  expect(error('SELECT 1', 'run', { message }).message).toBe("Sink 'big' and small: topic orders");
});

test('a word that starts no statement is named and marked', () => {
  const message = 'Non-query expression encountered in illegal context';
  expect(error('SELECT 1;\nSELCT 1', 'run', { message }, 1)).toEqual({
    code: 'invalid_sql',
    message: 'No statement begins with "SELCT".',
    range: at(2, 1, 2, 5),
  });
});

const NAMES = ['per_minute', '`per_minute`', '`per minute`', '`per.minute`', '`per``minute`', '`insert into`'];

test.each([...NAMES, '`readings of``a minute`'])(
  'a missing startup mode is that of the table that is read, not of %s, which is written',
  (sink) => {
    const withoutStart = (name: string) => `CREATE TABLE ${name} (x INT) WITH ('connector' = 'kafka')`;
    const text = `${withoutStart(sink)};\n${withoutStart('readings')};\nINSERT INTO ${sink} SELECT x FROM readings`;
    const [first, second, insert] = splitSql({ name: 'main.sql', text });
    if (!first || !second || !insert) throw new Error('no statements');
    const message = 'Property group.id is required when using committed offset for offset initializer';
    const declared = [first, second].flatMap(declarations);
    const where = { statement: insert, sent: insert.run, topicPrefix: 'u7f2k9xq0.3.', declared };
    expect(sqlErrorOf({ code: 'failed', message, range: null }, where).message).toMatch(/^The CREATE TABLE of readings has no/);
  },
);

test.each([...NAMES, 'default_catalog.default_database.`per minute`'])(
  'of a full name, or an EXECUTE, the table that is read is told too: %s',
  (sink) => {
    const withoutStart = (name: string) => `CREATE TABLE ${name} (x INT) WITH ('connector' = 'kafka')`;
    const text = `${withoutStart(sink)};\n${withoutStart('`my readings`')};\nEXPLAIN INSERT INTO ${sink} (x) SELECT x FROM \`my readings\``;
    const [first, second, insert] = splitSql({ name: 'main.sql', text });
    if (!first || !second || !insert) throw new Error('no statements');
    const message = 'Property group.id is required when using committed offset for offset initializer';
    const where = {
      statement: insert,
      sent: insert.run,
      topicPrefix: 'u7f2k9xq0.3.',
      declared: [first, second].flatMap(declarations),
    };
    expect(sqlErrorOf({ code: 'failed', message, range: null }, where).message).toMatch(
      /^The CREATE TABLE of my readings has no/,
    );
  },
);

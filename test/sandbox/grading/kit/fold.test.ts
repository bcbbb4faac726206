import { expect, test } from 'vitest';
import type { ProgramStatement } from '#sandbox/grading/judge/ipc.ts';
import { explainSql, says } from '#sandbox/grading/kit/explain-sql.ts';
import { foldByKey } from '#sandbox/grading/kit/fold.ts';
import type { KafkaRecord } from '#sandbox/grading/kit/kafka.ts';

const record = (key: string | null, value: string | null, offset = 0): KafkaRecord => ({
  topic: 'revenue',
  partition: 0,
  offset: BigInt(offset),
  timestampMs: 0,
  key: key === null ? null : Buffer.from(key),
  value: value === null ? null : Buffer.from(value),
  headers: [],
});

test('of each key the last value counts, a null removes it, and it can come back', () => {
  const table = foldByKey([
    record('a', '1'),
    record('b', '1'),
    record('a', '2'),
    record('b', null),
    record('c', null),
    record('d', null),
    record('d', '4'),
  ]);
  expect([...table.values()].map(({ key, value }) => [String(key), String(value)])).toEqual([
    ['a', '2'],
    ['d', '4'],
  ]);
});

const insert = (text: string): ProgramStatement => ({ kind: 'insert', status: 'finished', text, error: null });
const finished = { kind: 'sql-finished', durationMs: 1 } as const;
const refused = (message: string) =>
  ({ kind: 'sql-failed', index: 0, error: { code: 'invalid_sql', message, range: null }, durationMs: 1 }) as const;

test.each([
  [
    "Table sink 'x' doesn't support consuming update changes which is produced by node GroupAggregate(groupBy=[customer], select=[…])",
    'UPDATES_INTO_APPEND_SINK',
  ],
  [
    "Table sink 'x' doesn't support consuming update changes which is produced by node GroupAggregate(groupBy=[sensor, window_start], select=[…])",
    'WINDOW_NOT_GROUPED',
  ],
  ['The window function requires the timecol is a time attribute type, but is TIMESTAMP(3).', 'NO_EVENT_TIME'],
  ["'upsert-kafka' tables require to define a PRIMARY KEY constraint.", 'PRIMARY_KEY_MISSING'],
  ['Encountered "FROM" .', 'SQL_REFUSED'],
])('what Flink says against a statement is explained: %s', (message, diagnosis) => {
  expect(explainSql({ result: refused(message), statements: [insert('INSERT INTO x')] }, [])).toBe(diagnosis);
});

test('statements that ended and wrote nothing are explained by what they are', () => {
  const query: ProgramStatement = { ...insert('SELECT 1'), kind: 'query' };
  expect(explainSql({ result: finished, statements: [query] }, [])).toBe('NO_INSERT');
  const table: ProgramStatement = { ...insert("… 'topic' = 'orders', 'scan.startup.mode' = 'latest-offset'"), kind: 'other' };
  expect(explainSql({ result: finished, statements: [table, insert('INSERT')] }, ['orders'])).toBe('LATEST_OFFSET');
  expect(explainSql({ result: finished, statements: [table, insert('INSERT')] }, ['order'])).toBe('UNKNOWN_TOPIC');
});

test('comments say nothing, and hints do', () => {
  expect(says({ statements: [insert('SELECT 1 -- PROCTIME()\n/* PROCTIME() */')] }, /PROCTIME/)).toBe(false);
  expect(says({ statements: [insert("SELECT /*+ OPTIONS('scan.bounded.mode' = 'x') */ 1")] }, /bounded/)).toBe(true);
});

import { expect, test } from 'vitest';
import { diagnoses } from '#lessons/diagnoses.ts';
import {
  type EndedSql,
  explainClock,
  explainOtherWindow,
  explainReaders,
  explainSql,
  ownEnding,
  says,
} from '#sandbox/grading/kit/index.ts';
import type { RunResult } from '#sandbox/protocol/run.ts';

const TOPICS = ['orders', 'big-orders'];
const FINISHED: RunResult = { kind: 'sql-finished', durationMs: 1 };
const failed = (message: string): RunResult => ({
  kind: 'sql-failed',
  index: 1,
  error: { code: 'invalid_sql', message, range: { line: 3, column: 1, endLine: 3, endColumn: 2 } },
  durationMs: 1,
});
const sql = (texts: string[], result: RunResult = FINISHED): EndedSql => ({
  result,
  statements: texts.map((text) => ({
    ...{ text, status: 'finished', error: null },
    kind: text.startsWith('INSERT') ? 'insert' : text.startsWith('SELECT') ? 'query' : 'other',
  })),
});

test('a report says how statements ended only where their own doing ended them', () => {
  expect(ownEnding({ result: failed('Column x not found.') })).toBe(' The statement at line 3 failed: Column x not found.');
  const byTheGrader: RunResult[] = [
    FINISHED,
    { kind: 'cancelled', durationMs: 1 },
    { kind: 'timed-out', limitMs: 1, durationMs: 1 },
  ];
  for (const result of byTheGrader) expect(ownEnding({ result })).toBe('');
});

test.each([
  ['SELECT 1', 'NO_INSERT'],
  ["INSERT INTO t SELECT 1 FROM s /*+ OPTIONS('scan.startup.mode'='latest-offset') */", 'LATEST_OFFSET'],
  ["CREATE TABLE t (x INT) WITH ('topic' = 'order')", 'UNKNOWN_TOPIC'],
])('what %s lacks has a diagnosis and a question', (text, diagnosis) => {
  const found = explainSql(sql([text]), TOPICS);
  expect(found.diagnosis).toBe(diagnosis);
  expect(found.question).toMatch(/\?$/);
});

test.each([
  ['The window function requires the timecol is a time attribute type', 'NO_EVENT_TIME'],
  [
    "Table sink 'x' doesn't support consuming update changes which is produced by node GroupAggregate(groupBy=[customer], select=[…])",
    'UPDATES_INTO_APPEND_SINK',
  ],
  [
    "Table sink 'x' doesn't support consuming update changes which is produced by node GroupAggregate(groupBy=[sensor, window_start], select=[…])",
    'WINDOW_NOT_GROUPED',
  ],
  ["'upsert-kafka' tables require to define a PRIMARY KEY constraint", 'PRIMARY_KEY_MISSING'],
  ['Encountered "FORM" at line 3', 'SQL_REFUSED'],
])('a refusal has its diagnosis and question: %s', (message, diagnosis) => {
  const found = explainSql(sql(['INSERT INTO t SELECT 1'], failed(message)), TOPICS);
  expect(found.diagnosis).toBe(diagnosis);
  expect(Object.keys(diagnoses)).toContain(diagnosis);
  expect(found.question).toMatch(/\?$/);
});

test('statements that tell no cause are asked nothing', () => {
  expect(explainSql(sql(['INSERT INTO t SELECT 1']), TOPICS)).toEqual({ question: '' });
});

test('only windows over a clock are asked about clocks', () => {
  const over = (column: string) => sql([`CREATE TABLE readings (${column})`, 'INSERT INTO t SELECT 1']);
  expect(explainClock(over('measured_at TIMESTAMP(3)'))).toBeNull();
  expect(explainOtherWindow(over('measured_at TIMESTAMP(3)')).diagnosis).toBe('OTHER_WINDOW');
  expect(explainOtherWindow(over('at AS PROCTIME()')).diagnosis).toBe('PROCESSING_TIME');
  expect(explainOtherWindow(over("at TIMESTAMP(3) METADATA FROM 'timestamp'"))).toEqual({
    question: 'Whose clock sets the timestamp of a record?',
  });
});

test('comments say nothing, and hints do', () => {
  expect(says(sql(['SELECT 1 -- PROCTIME()\n/* PROCTIME() */']), /PROCTIME/)).toBe(false);
  expect(says(sql(["SELECT /*+ OPTIONS('scan.bounded.mode' = 'x') */ 1"]), /bounded/)).toBe(true);
});

test('a source with more readers than partitions is named as the cause, unless an idle one is not waited for', () => {
  const readers = (text: string, partitions = 1) => explainReaders(sql([text]), partitions)?.diagnosis;
  expect(readers("SET 'parallelism.default' = '4'")).toBe('IDLE_READERS');
  expect(readers("SELECT * FROM r /*+ OPTIONS('scan.parallelism'='2') */")).toBe('IDLE_READERS');
  expect(Object.keys(diagnoses)).toContain('IDLE_READERS');
  expect(readers("SET 'parallelism.default' = '4'", 4)).toBeUndefined();
  expect(readers("-- 'parallelism.default' = '4'")).toBeUndefined();
  expect(readers("SET 'parallelism.default' = '4'; SET 'table.exec.source.idle-timeout' = '1 s'")).toBeUndefined();
});

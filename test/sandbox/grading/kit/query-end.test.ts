import { expect, test } from 'vitest';
import { type EndedSql, haveEnded, jobsInWords, readsNoMore } from '#sandbox/grading/kit/index.ts';

const FINISHED = [{ state: 'FINISHED' }];
const RUNNING = [{ state: 'RUNNING' }];
const program = (text: string): EndedSql => ({
  result: { kind: 'cancelled', durationMs: 1 },
  statements: [{ kind: 'other', status: 'finished', text, error: null }],
});

test('a query has ended when every job of it is finished, and not when it has none', () => {
  expect(haveEnded([{ state: 'FINISHED' }, { state: 'FINISHED' }])).toBe(true);
  expect(haveEnded([{ state: 'FINISHED' }, { state: 'RUNNING' }])).toBe(false);
  expect(haveEnded([])).toBe(false);
});

test('a program reads no more when its jobs have ended, and when batch mode needs an end', () => {
  expect(readsNoMore(program('SELECT 1'), [{ state: 'FINISHED' }])).toBe(true);
  expect(readsNoMore(program("SET 'execution.runtime-mode' = 'batch'"), [])).toBe(true);
  expect(readsNoMore(program("SET 'execution.runtime-mode' = 'streaming'"), [{ state: 'RUNNING' }])).toBe(false);
});

test.each([
  [
    "CREATE TABLE s (x INT) WITH ('scan.bounded.mode'='latest-offset')",
    "'scan.bounded.mode'='latest-offset' gives its source an end",
  ],
  [
    "INSERT INTO t SELECT x FROM s /*+ OPTIONS('scan.bounded.mode' = 'timestamp') */",
    "'scan.bounded.mode' = 'timestamp' gives its source an end",
  ],
  [
    "CREATE TABLE s (x INT) WITH ('connector' = 'datagen', 'number-of-rows' = '5')",
    "'number-of-rows' = '5' gives its source an end",
  ],
  ["SET 'execution.runtime-mode' = 'batch'", "'execution.runtime-mode' = 'batch' is only for queries whose sources have an end"],
  ['INSERT INTO t VALUES (1)', 'VALUES gives all its rows at once'],
])('the report of a query that ended names what gave it an end: %s', (text, because) => {
  expect(jobsInWords(program(text), FINISHED)).toBe(`State of the jobs: FINISHED. The query ended: ${because}.`);
});

test('a query that batch mode kept from starting is told the setting', () => {
  expect(jobsInWords(program("SET 'execution.runtime-mode' = 'batch'"), [])).toBe(
    "State of the jobs: none started. 'execution.runtime-mode' = 'batch' is only for queries whose sources have an end.",
  );
});

test('no end is told of a query that runs, nor a cause where nothing tells it', () => {
  const commented = "-- 'scan.bounded.mode' = 'latest-offset'\nCREATE TABLE s (x INT) WITH ('scan.bounded.mode' = 'unbounded')";
  expect(jobsInWords(program("WITH ('scan.bounded.mode' = 'latest-offset')"), RUNNING)).toBe('State of the jobs: RUNNING.');
  expect(jobsInWords(program(commented), FINISHED)).toBe('State of the jobs: FINISHED. The query ended by itself.');
});

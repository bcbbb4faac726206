import { describe, expect, test } from 'vitest';
import type { SqlStatement } from '#sandbox/protocol/sql.ts';
import { numericColumns, ownColours } from '../../../site/src/client/sql-columns.ts';
import { listed, statementState, statementText } from '../../../site/src/client/sql-statements.ts';
import { endOfRun } from '../../../site/src/client/words.ts';

const query: SqlStatement = {
  ...{ index: 1, file: 'main.sql', kind: 'query', status: 'running', jobId: 'j1', columns: [], changeCount: 28, error: null },
  range: { line: 2, column: 3, endLine: 4, endColumn: 13 },
  startMs: 1_000,
};

describe('a statement in the list', () => {
  test('is its first words, without comments and on one line', () => {
    const files = { 'main.sql': "x;\n  SELECT a, -- the first\n  b\nFROM  orders ; SELECT 'another'" };
    expect(statementText(files, query)).toBe('SELECT a, b FROM orders');
    expect(statementText({}, query)).toBe('');
  });

  test('shows how long it has been running, or how long it took', () => {
    const at = { count: 28, startedAt: 10_000, now: 303_000 };
    expect(statementState(query, at)).toBe('running 4 min 52 s, 28 changes');
    expect(statementState({ ...query, status: 'finished', endMs: 2_200 }, at)).toBe('finished after 1.2 s, 28 changes');
    expect(statementState({ ...query, status: 'failed', endMs: 1_012 }, at)).toBe('failed after 12 ms');
  });

  test('that makes a job of nothing is accepted, or refused at the line that the error names', () => {
    const at = { count: 0, startedAt: 10_000, now: 303_000 };
    const table = { ...query, kind: 'other', jobId: null, endMs: 1_012 } as const;
    expect(statementState({ ...table, status: 'finished' }, at)).toBe('accepted');
    expect(statementState({ ...table, status: 'finished' }, { ...at, count: 3 })).toBe('accepted, 3 changes');
    const range = { line: 4, column: 1, endLine: 4, endColumn: 9 };
    const refused = (of: typeof range | null) =>
      statementState({ ...query, jobId: null, status: 'failed', error: { code: 'invalid_sql', message: 'x', range: of } }, at);
    expect([refused(range), refused(null)]).toEqual(['refused at line 4', 'refused at line 2']);
  });

  test('has its own line, but the statements of a read-only file share one unless one failed', () => {
    const given: SqlStatement = { ...query, index: 0, file: 'tables.sql', status: 'finished' };
    expect(listed([given, query], ['main.sql'])).toEqual([{ file: 'tables.sql', finished: 1 }, { statement: query }]);
    const failed = { ...given, status: 'failed' as const };
    expect(listed([failed, query], ['main.sql'])).toEqual([{ statement: failed }, { statement: query }]);
  });
});

test('the end of a SQL run names the line that failed, or a Streamwright error', () => {
  const range = { line: 4, column: 1, endLine: 4, endColumn: 9 };
  const failed = (code: 'invalid_sql' | 'flink_lost', at: typeof range | null) =>
    endOfRun({ kind: 'sql-failed', index: 2, error: { code, message: 'x', range: at }, durationMs: 1_200 });
  expect(failed('invalid_sql', range)).toBe('line 4 failed after 1.2 s');
  expect(failed('invalid_sql', null)).toBe('a statement failed after 1.2 s');
  expect(failed('flink_lost', null)).toBe('stopped after 1.2 s: Flink was lost, a Streamwright error');
  expect(endOfRun({ kind: 'sql-finished', durationMs: 1_200 })).toBe('finished after 1.2 s');
  expect(endOfRun({ kind: 'timed-out', limitMs: 600_000, durationMs: 600_011 })).toBe('stopped after 10 min: time limit');
});

describe('the columns of a result', () => {
  test('hold numbers when all their known values do', () => {
    expect(
      numericColumns(3, [
        ['a', '1', null],
        ['b', '-2.5', null],
        ['3', '9007199254740993', null],
      ]),
    ).toEqual([false, true, false]);
  });

  test('give each value of the first text column a colour, and other values none', () => {
    const colourOf = ownColours()(['n', 'customer', 'city'], [true, false, false]);
    expect(
      [colourOf('customer', 'Ada'), colourOf('customer', 'Bo'), colourOf('customer', 'Ada')].map((colour) => colour?.index),
    ).toEqual([1, 2, 1]);
    expect([colourOf('city', 'Ada'), colourOf('n', '1'), colourOf('customer', null)]).toEqual([null, null, null]);
  });
});

import { describe, expect, test } from 'vitest';
import type { SqlChange, SqlStatement } from '#sandbox/protocol/sql.ts';
import { NO_SQL, type SqlView, sqlAfterEvent, sqlFromServer, sqlResults } from '../../../site/src/client/sql-state.ts';

const runId = 'r1';
const query: SqlStatement = {
  ...{ index: 1, file: 'main.sql', kind: 'query', status: 'running', jobId: 'j1', changeCount: 0, error: null },
  range: { line: 1, column: 1, endLine: 2, endColumn: 9 },
  columns: [{ name: 'n', type: 'INT' }],
};
const changes = (from: number, to: number): SqlChange[] =>
  Array.from({ length: to - from }, (_, place) => ({ op: '+I', values: [String(from + place)], atMs: from + place }));
const shown = (view: SqlView) =>
  sqlResults(view).map((result) => ({ first: result.first, values: result.changes.map(({ values }) => values[0]) }));
const begun = sqlAfterEvent(NO_SQL, { type: 'sql.statement', runId, statement: query });
const given = (view: SqlView, from: number, to: number) =>
  sqlAfterEvent(view, { type: 'sql.changes', runId, index: 1, first: from, changes: changes(from, to) });

describe('a SQL run', () => {
  test('lists its statements in file order, whatever came first', () => {
    const view = sqlAfterEvent(begun, {
      type: 'sql.statement',
      runId,
      statement: { ...query, index: 0, kind: 'other', columns: [] },
    });
    expect(view.statements.map(({ index }) => index)).toEqual([0, 1]);
  });

  test('has a result for each query, and for a different statement once it emits rows', () => {
    const show = { ...query, index: 2, kind: 'other' } as const;
    const view = sqlAfterEvent(begun, { type: 'sql.statement', runId, statement: show });
    expect(sqlResults(view)).toHaveLength(1);
    expect(
      sqlResults(sqlAfterEvent(view, { type: 'sql.statement', runId, statement: { ...show, changeCount: 3 } })),
    ).toHaveLength(2);
  });

  test('shows changes once and in order when the stream repeats some', () => {
    expect(shown(given(given(begun, 0, 3), 2, 5))).toEqual([{ first: 0, values: ['0', '1', '2', '3', '4'] }]);
  });

  test('shows only the changes after a gap, and all again once the server has sent them', () => {
    const gap = given(given(begun, 0, 2), 4, 6);
    expect(shown(gap)).toEqual([{ first: 4, values: ['4', '5'] }]);
    const filled = sqlFromServer(gap, {
      statements: [query],
      results: [{ index: 1, first: 0, changes: changes(0, 6), table: { rows: [], total: 6 } }],
    });
    expect(shown(filled)).toEqual([{ first: 0, values: ['0', '1', '2', '3', '4', '5'] }]);
  });

  test('keeps the newest 500 changes and counts them all', () => {
    const [result] = sqlResults(given(given(begun, 0, 400), 400, 1_200));
    expect(result).toMatchObject({ first: 700, count: 1_200 });
    expect(result?.changes).toHaveLength(500);
    expect(result?.changes.at(-1)?.values).toEqual(['1199']);
  });

  test('ignores a response that is older than the stream', () => {
    const ended = sqlAfterEvent(given(begun, 0, 3), {
      type: 'sql.statement',
      runId,
      statement: { ...query, status: 'finished', changeCount: 3 },
    });
    const told = sqlAfterEvent(ended, { type: 'sql.table', runId, index: 1, table: { rows: [['2']], total: 1 } });
    const answered = sqlFromServer(told, {
      statements: [query],
      results: [{ index: 1, first: 0, changes: changes(0, 1), table: { rows: [['0']], total: 1 } }],
    });
    expect(answered.statements[0]?.status).toBe('finished');
    expect(sqlResults(answered)[0]).toMatchObject({ count: 3, table: { rows: [['2']] } });
  });

  test('shows what the server kept after a reload', () => {
    const view = sqlFromServer(NO_SQL, {
      statements: [{ ...query, changeCount: 900 }],
      results: [{ index: 1, first: 400, changes: changes(400, 900), table: { rows: [['899']], total: 1 } }],
    });
    expect(sqlResults(view)[0]).toMatchObject({ first: 400, count: 900, table: { total: 1 } });
    expect(shown(given(view, 900, 901))[0]).toMatchObject({ first: 401 });
  });
});

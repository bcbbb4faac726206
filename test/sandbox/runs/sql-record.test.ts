import { expect, test, vi } from 'vitest';
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { SqlChange, SqlStatement } from '#sandbox/protocol/sql.ts';
import { SqlRecord } from '#sandbox/runs/sql-record.ts';

const change = (value: string): SqlChange => ({ op: '+I', values: [value], atMs: 1 });
const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => change(String(from + index)));
const statement: SqlStatement = {
  index: 3,
  file: 'main.sql',
  range: { line: 1, column: 1, endLine: 1, endColumn: 9 },
  kind: 'query',
  status: 'running',
  columns: [{ name: 'n', type: 'INT' }],
  jobId: 'job',
  changeCount: 0,
  error: null,
};

function setUp() {
  const events: ServerEvent[] = [];
  return { events, sql: new SqlRecord('run', (event) => events.push(event)) };
}

test('the newest 500 changes of a statement are kept, with the number of the first of them', () => {
  const { sql, events } = setUp();
  sql.tell(statement);
  sql.add(3, 0, numbers(0, 400));
  sql.add(3, 400, numbers(400, 300));
  const { results, statements } = sql.toWire();
  expect(results).toMatchObject([{ index: 3, first: 200 }]);
  expect(results[0]?.changes.map(({ values }) => values[0])).toEqual(numbers(200, 500).map(({ values }) => values[0]));
  expect(statements).toMatchObject([{ index: 3, changeCount: 700 }]);
  expect(events.filter(({ type }) => type === 'sql.changes')).toMatchObject([{ first: 0 }, { first: 400 }]);
});

test('more changes at once than are kept are told from the first that is', () => {
  const { sql, events } = setUp();
  sql.add(3, 10, numbers(10, 800));
  expect(events).toMatchObject([{ type: 'sql.changes', first: 310 }]);
  expect(sql.toWire().results[0]).toMatchObject({ first: 310 });
});

test('a table is shown with at most 200 rows and the number of all', () => {
  const { sql } = setUp();
  sql.fold(3, { rows: numbers(0, 300).map(({ values }) => values), total: 5000 });
  const [result] = sql.toWire().results;
  expect(result?.table.rows).toHaveLength(200);
  expect(result?.table.total).toBe(5000);
});

test('a table that changes fast is published four times a second, and finally as it ended', () => {
  vi.useFakeTimers();
  try {
    const { sql, events } = setUp();
    for (let total = 0; total < 100; total++) {
      sql.fold(3, { rows: [[String(total)]], total });
      vi.advanceTimersByTime(10);
    }
    const told = () => events.filter(({ type }) => type === 'sql.table');
    expect(told().length).toBeLessThanOrEqual(5);
    sql.flush();
    expect(told().at(-1)).toMatchObject({ table: { total: 99 } });
    const count = told().length;
    vi.advanceTimersByTime(1000);
    sql.flush();
    expect(told()).toHaveLength(count);
  } finally {
    vi.useRealTimers();
  }
});

test('a value as long as a book is cut', () => {
  const { sql } = setUp();
  sql.add(3, 0, [change('x'.repeat(100_000))]);
  expect(sql.toWire().results[0]?.changes[0]?.values[0]?.length).toBeLessThan(3000);
});

test('each job is listed with the statement that it works for', () => {
  const { sql } = setUp();
  sql.tell({ ...statement, index: 4, jobId: null });
  sql.tell(statement);
  expect(sql.jobs()).toEqual([{ jobId: 'job', statement: 3 }]);
});

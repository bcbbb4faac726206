import { describe, expect, test } from 'vitest';
import { checkSql } from '#sandbox/languages/flink-sql/check.ts';
import { completeSql } from '#sandbox/languages/flink-sql/complete.ts';
import type { SqlCompletions } from '#sandbox/protocol/sql.ts';
import { ORDERS, sqlFixture } from './sql-fixture.ts';

const stack = sqlFixture();
const SINK =
  "CREATE TABLE totals (customer STRING, total DECIMAL(38, 2)) WITH ('connector' = 'kafka', 'topic' = 'totals', 'format' = 'json');\n";
const before = [{ name: 'tables.sql', text: ORDERS + SINK }];

async function check(text: string) {
  const { tenant } = await stack.tenantWith({});
  return checkSql({ flink: stack.seat, tenant, before, file: { name: 'main.sql', text } });
}

describe('the check of a file', () => {
  test('finds nothing in correct statements, and runs none of them', async () => {
    const text = `CREATE VIEW big AS SELECT * FROM orders WHERE amount > 1;
      SELECT id FROM big; INSERT INTO totals SELECT customer, amount FROM big;
      EXECUTE STATEMENT SET BEGIN INSERT INTO totals SELECT customer, amount FROM big; END`;
    const jobs = async () => (await stack.seat.jobs.list()).map(({ id }) => id).sort();
    const before = await jobs();
    expect(await check(text)).toEqual([]);
    expect(await jobs()).toEqual(before);
  });

  test('reports each wrong statement at its place in the file', async () => {
    const errors = await check(
      'SELECT id FROM orders;\nSELECT amout\nFROM orders;\nSELECT * FROM ordrs; SELECT COUNT(* FROM orders',
    );
    expect(errors).toMatchObject([
      {
        code: 'invalid_sql',
        message: "Column 'amout' not found in any table. Did you mean amount?",
        range: { line: 2, column: 8, endLine: 2, endColumn: 12 },
      },
      {
        code: 'invalid_sql',
        message: "Object 'ordrs' not found. Did you mean orders?",
        range: { line: 4, column: 15, endLine: 4, endColumn: 19 },
      },
      {
        code: 'invalid_sql',
        message: expect.stringContaining('FROM'),
        range: { line: 4, column: 37, endLine: 4, endColumn: 40 },
      },
    ]);
  });

  test('marks the whole statement when Flink names no place', async () => {
    const [error] = await check('SELECT 1;\nINSERT INTO totals SELECT customer, SUM(amount) FROM orders GROUP BY customer');
    expect(error).toMatchObject({
      range: { line: 2, column: 1 },
      message: expect.stringContaining("doesn't support consuming update changes"),
    });
    expect(error?.message).not.toContain('default_catalog');
  });

  test('finds errors within a statement set', async () => {
    const errors = await check('BEGIN STATEMENT SET; INSERT INTO totals SELECT nobody, amount FROM orders;\nEND;');
    expect(errors).toMatchObject([{ range: { line: 1, column: 48, endLine: 1, endColumn: 53 } }]);
  });

  test('reports what the gate refuses, too', async () => {
    expect(await check("SET 'rest.port' = '1';\nADD JAR '/tmp/x.jar'")).toMatchObject([
      { code: 'option_not_allowed', range: { line: 1, column: 5 } },
      { code: 'statement_not_allowed', range: { line: 2, column: 1 } },
    ]);
  });
});

describe('completion', () => {
  async function complete(text: string): Promise<SqlCompletions['items']> {
    const { tenant } = await stack.tenantWith({});
    const upToCursor = text.slice(0, text.indexOf('|')).split('\n');
    return completeSql({
      ...{ flink: stack.seat, tenant, before },
      file: { name: 'main.sql', text: text.replace('|', '') },
      line: upToCursor.length,
      column: (upToCursor.at(-1)?.length ?? 0) + 1,
    });
  }
  const labels = async (text: string, kind: string) =>
    (await complete(text)).filter((item) => item.kind === kind).map(({ label }) => label);

  test.each([
    ['SELECT am| FROM orders', 'column', ['amount']],
    ['SELECT 1;\nSELECT o.| FROM orders AS o', 'column', ['id', 'customer', 'amount', 'at']],
    ['SELECT * FROM |', 'table', ['orders', 'totals']],
    ['INSERT INTO to|', 'table', ['totals']],
    ['SELECT * FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(|', 'column', ['id', 'customer', 'amount', 'at']],
    ['SELECT SU| FROM orders', 'function', ['SUBSTRING', 'SUM']],
    ['CREATE VIEW mine AS SELECT id AS number FROM orders;\nSELECT nu| FROM mine', 'column', ['number']],
  ])('%s', async (text, kind, expected) => expect((await labels(text, kind)).toSorted()).toEqual(expected.toSorted()));

  test('lists columns first where anything may be typed', async () => {
    const items = await complete('SELECT | FROM orders');
    expect(items.slice(0, 4).map(({ kind }) => kind)).toEqual(Array(4).fill('column'));
    expect(items).toContainEqual({ label: 'SUM', kind: 'function' });
    expect(items).toContainEqual({ label: 'DISTINCT', kind: 'keyword' });
  });

  test('is empty in a comment', async () => {
    expect(await complete('SELECT 1 -- am|')).toEqual([]);
  });
});

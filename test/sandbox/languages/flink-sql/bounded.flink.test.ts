import { describe, expect, test } from 'vitest';
import { ORDERS, orders, sqlFixture } from './sql-fixture.ts';

const stack = sqlFixture();
const TUMBLE = `SELECT window_start, COUNT(*) AS orders, SUM(amount) AS total
FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(\`at\`), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end`;

describe('a bounded run ends on its own', () => {
  test('with every window of a windowed query, with values as SQL writes them', async () => {
    const { tenant } = await stack.tenantWith({ orders: orders(15) });
    const run = stack.run(tenant, TUMBLE, { tables: ORDERS });

    expect(await run.result).toMatchObject({ kind: 'sql-finished' });
    expect(run.statements).toMatchObject([
      { file: 'tables.sql', kind: 'other', status: 'finished' },
      {
        ...{ file: 'main.sql', kind: 'query', status: 'finished', changeCount: 3 },
        columns: [
          { name: 'window_start', type: 'TIMESTAMP(3)' },
          { name: 'orders', type: 'BIGINT' },
          { name: 'total', type: 'DECIMAL(38, 2)' },
        ],
      },
    ]);
    expect(run.tables.get(1)).toEqual({
      rows: [
        ['2026-01-01 00:00:00.000', '6', '7.50'],
        ['2026-01-01 00:01:00.000', '6', '7.50'],
        ['2026-01-01 00:02:00.000', '3', '3.75'],
      ],
      total: 3,
    });
  });

  test('with an insert finished before the next statement reads what it wrote', async () => {
    const { tenant, topics } = await stack.tenantWith({ orders: orders(20), big: [] });
    const big = ORDERS.replaceAll('orders', 'big');
    const run = stack.run(tenant, 'INSERT INTO big SELECT * FROM orders WHERE MOD(id, 2) = 0; SELECT COUNT(*) FROM big', {
      tables: ORDERS + big,
    });

    expect(await run.result).toMatchObject({ kind: 'sql-finished' });
    expect(run.statements[2]).toMatchObject({
      kind: 'insert',
      status: 'finished',
      jobId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(run.tables.get(3)).toEqual({ rows: [['10']], total: 1 });
    expect(await stack.kafka.readAll(topics[1]?.name ?? '')).toHaveLength(10);
  });

  test('with a statement set as one job', async () => {
    const { tenant, topics } = await stack.tenantWith({ orders: orders(4), a: [], b: [] });
    const tables = ORDERS + ORDERS.replaceAll('orders', 'a') + ORDERS.replaceAll('orders', 'b');
    const text =
      'BEGIN STATEMENT SET;\nINSERT INTO a SELECT * FROM orders;\nINSERT INTO b SELECT * FROM orders WHERE id = 1;\nEND;';
    const run = stack.run(tenant, text, { tables });

    expect(await run.result).toMatchObject({ kind: 'sql-finished' });
    expect(run.statements[3]).toMatchObject({ kind: 'insert', status: 'finished', jobId: expect.any(String) });
    const counts = await Promise.all(topics.slice(1).map(async ({ name }) => (await stack.kafka.readAll(name)).length));
    expect(counts).toEqual([4, 1]);
  });

  test('with updates folded into the resulting table', async () => {
    const { tenant } = await stack.tenantWith({ orders: orders(9) });
    const run = stack.run(tenant, 'SELECT customer, COUNT(*) FROM orders GROUP BY customer', { tables: ORDERS });

    expect(await run.result).toMatchObject({ kind: 'sql-finished' });
    expect(run.changes.get(1)?.map(({ op }) => op)).toContain('-U');
    expect(run.tables.get(1)).toEqual({
      rows: [
        ['c0', '3'],
        ['c1', '3'],
        ['c2', '3'],
      ],
      total: 3,
    });
  });
});

test('values beyond the range of a number, and null, arrive unchanged', async () => {
  const { tenant } = await stack.tenantWith({});
  const text = `SELECT 9007199254740993, CAST(NULL AS STRING), CAST('<NULL>' AS CHAR(6)), CAST(0.10 AS DECIMAL(4, 2)), TRUE, ARRAY[1, 2]`;
  const run = stack.run(tenant, text);
  await run.result;
  expect(run.tables.get(0)?.rows).toEqual([['9007199254740993', null, '<NULL>', '0.10', 'TRUE', '[1, 2]']]);
});

test('every session is in UTC with parallelism 1, whatever another session has set', async () => {
  const { tenant } = await stack.tenantWith({ orders: orders(30) });
  const other = stack.run(tenant, "SET 'table.local-time-zone' = 'Asia/Tokyo'; SET 'parallelism.default' = '3'; SELECT 1");
  expect(await other.result).toMatchObject({ kind: 'sql-finished' });

  const run = stack.run(tenant, 'SELECT CAST(TO_TIMESTAMP_LTZ(0, 3) AS STRING); SELECT id FROM orders', { tables: ORDERS });
  expect(await run.result).toMatchObject({ kind: 'sql-finished' });
  expect(run.tables.get(1)?.rows).toEqual([['1970-01-01 00:00:00.000']]);
  expect(run.tables.get(2)?.rows.map(([id]) => Number(id))).toEqual(Array.from({ length: 30 }, (_, id) => id));
  const job = await stack.seat.jobs.details(run.statements[2]?.jobId ?? '');
  expect(job?.vertices.map(({ parallelism }) => parallelism)).toEqual(job?.vertices.map(() => 1));
});

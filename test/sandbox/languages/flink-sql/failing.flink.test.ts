import { expect, test } from 'vitest';
import { ORDERS, orders, sqlFixture } from './sql-fixture.ts';

const stack = sqlFixture();

test('a statement that Flink refuses ends the run with its place in the file, and later statements do not run', async () => {
  const { tenant } = await stack.tenantWith({ orders: orders(1) });
  const run = stack.run(tenant, 'SELECT id FROM orders;\n\nSELECT amout,\n  id FROM orders;\nSELECT 2', { tables: ORDERS });
  const result = await run.result;
  const range = { line: 3, column: 8, endLine: 3, endColumn: 12 };
  expect(result).toMatchObject({ kind: 'sql-failed', index: 2, error: { code: 'invalid_sql', range } });
  expect(result).toMatchObject({ error: { message: "Column 'amout' not found in any table. Did you mean amount?" } });
  expect(run.statements).toMatchObject([{ status: 'finished' }, { status: 'finished' }, { status: 'failed', error: { range } }]);
});

test('an option that the gate refuses is marked where it is written', async () => {
  const { tenant } = await stack.tenantWith({});
  const run = stack.run(tenant, "CREATE TABLE t (x INT) WITH (\n  'connector' = 'filesystem', 'path' = '/etc/passwd')");
  expect(await run.result).toMatchObject({
    kind: 'sql-failed',
    error: { code: 'option_not_allowed', range: { line: 2, column: 17, endLine: 2, endColumn: 28 } },
  });
});

test('a missing topic is reported as such', async () => {
  const { tenant } = await stack.tenantWith({});
  expect(await stack.run(tenant, 'SELECT * FROM orders', { tables: ORDERS }).result).toMatchObject({
    kind: 'sql-failed',
    index: 1,
    error: { code: 'unknown_topic' },
  });
});

test('an insert into a missing topic fails as a job, reported as such', async () => {
  const { tenant } = await stack.tenantWith({ orders: orders(3) });
  const run = stack.run(tenant, 'INSERT INTO big SELECT * FROM orders', { tables: ORDERS + ORDERS.replaceAll('orders', 'big') });
  expect(await run.result).toMatchObject({ kind: 'sql-failed', index: 2, error: { code: 'unknown_topic' } });
});

test.each([
  ['SELECT id FROM orders', 'query'],
  ['INSERT INTO nowhere SELECT id FROM orders', 'insert'],
])('a record that is not JSON fails the job with the record in the message: %s', async (text) => {
  const { tenant } = await stack.tenantWith({ orders: [...orders(2), 'this is no JSON'] });
  const tables = `${ORDERS}CREATE TABLE nowhere (id BIGINT) WITH ('connector' = 'blackhole');`;
  const result = await stack.run(tenant, text, { tables }).result;
  expect(result).toMatchObject({
    kind: 'sql-failed',
    index: 2,
    error: { code: 'failed', message: expect.stringContaining('this is no JSON') },
  });
  expect(JSON.stringify(result)).not.toMatch(/\bat org\.|java\.|password/);
});

test('too many simultaneous jobs are refused, and the rest are ended', async () => {
  const { tenant } = await stack.tenantWith({ orders: orders(3) });
  const run = stack.run(tenant, 'SELECT id FROM orders;'.repeat(5), { tables: ORDERS, bounded: false });
  expect(await run.result).toMatchObject({ kind: 'sql-failed', index: 5, error: { code: 'too_many_jobs' } });
  expect(run.statements.slice(1, 5).map(({ status }) => status)).toEqual(Array(4).fill('cancelled'));
  expect(await stack.runningJobs()).toEqual([]);
});

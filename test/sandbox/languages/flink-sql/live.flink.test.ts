import { expect, test } from 'vitest';
import { openSqlSession } from '#sandbox/services/flink/session/session.ts';
import { ORDERS, orders, produce, sqlFixture, until } from './sql-fixture.ts';

const stack = sqlFixture();

test('a query that never ends shows rows as they arrive, until it is stopped', async () => {
  const { tenant, topics } = await stack.tenantWith({ orders: orders(3) });
  const run = stack.run(tenant, 'SELECT id FROM orders', { tables: ORDERS, bounded: false });
  await until(() => run.tables.get(1)?.total === 3, 'the first rows');
  await produce(stack, topics[0], orders(2, { from: 3 }));
  await until(() => run.tables.get(1)?.total === 5, 'later rows');
  expect(run.statements[1]).toMatchObject({ status: 'running', kind: 'query' });

  const stoppedAt = performance.now();
  run.stop();
  expect(await run.result).toMatchObject({ kind: 'cancelled' });
  // Left alone, it would go on for 30 s.
  expect(performance.now() - stoppedAt).toBeLessThan(15_000);
  expect(run.statements[1]).toMatchObject({ status: 'cancelled', changeCount: 5 });
  expect(await stack.runningJobs()).toEqual([]);
});

test('a query that never ends delays no later statement, and an insert runs until the run is stopped', async () => {
  const { tenant, topics } = await stack.tenantWith({ orders: orders(3), big: [] });
  const text = 'SELECT id FROM orders; INSERT INTO big SELECT * FROM orders; SELECT id FROM big';
  const run = stack.run(tenant, text, { tables: ORDERS + ORDERS.replaceAll('orders', 'big'), bounded: false });
  await until(() => run.tables.get(4)?.total === 3, 'rows of the third statement');
  await produce(stack, topics[0], orders(1, { from: 3 }));
  await until(() => run.tables.get(4)?.total === 4, 'a later row, through the insert');
  expect(run.statements.slice(2).map(({ status }) => status)).toEqual(['running', 'running', 'running']);

  run.stop();
  expect(await run.result).toMatchObject({ kind: 'cancelled' });
  expect(await stack.runningJobs()).toEqual([]);
});

test('a window closes when a later event arrives', async () => {
  const { tenant, topics } = await stack.tenantWith({ orders: orders(6) });
  const text = `SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(\`at\`), INTERVAL '1' MINUTE))
    GROUP BY window_start, window_end`;
  const run = stack.run(tenant, text, { tables: ORDERS, bounded: false });
  await until(async () => {
    const job = run.statements[1]?.jobId;
    const source = job && (await stack.seat.jobs.details(job))?.vertices[0]?.id;
    if (!source) return false;
    const names = (await stack.seat.jobs.metricNames(job, source)).filter((name) =>
      /KafkaSourceReader.*currentOffset$/.test(name),
    );
    return [...(await stack.seat.jobs.metrics(job, source, names)).values()].includes('5');
  }, 'Flink to have read the records');
  expect(run.tables.get(1)?.total ?? 0).toBe(0);
  await produce(stack, topics[0], orders(1, { from: 12 }));
  await until(() => run.tables.get(1)?.total === 1, 'the first window');
  run.stop();
  await run.result;
});

test('a run that reaches its time limit ends with its jobs', async () => {
  const { tenant } = await stack.tenantWith({ orders: [] });
  const run = stack.run(tenant, 'SELECT id FROM orders', { tables: ORDERS, bounded: false, timeMs: 1500 });
  expect(await run.result).toMatchObject({ kind: 'timed-out', limitMs: 1500 });
  expect(run.statements[1]?.status).toBe('cancelled');
  expect(await stack.runningJobs()).toEqual([]);
});

test('a bad record that arrives later ends the run', async () => {
  const { tenant, topics } = await stack.tenantWith({ orders: orders(1) });
  const run = stack.run(tenant, 'SELECT id FROM orders; SELECT 1', { tables: ORDERS, bounded: false });
  await until(() => run.tables.get(1)?.total === 1, 'the first row');
  await produce(stack, topics[0], ['not JSON']);
  expect(await run.result).toMatchObject({ kind: 'sql-failed', index: 1, error: { code: 'failed' } });
});

test('a run that is stopped before it has a session opens none', async () => {
  const { tenant } = await stack.tenantWith({});
  const run = stack.run(tenant, 'SELECT 1');
  run.stop();
  expect(await run.result).toMatchObject({ kind: 'cancelled' });
  expect(run.statements).toEqual([]);
});

test('closing a session ends its insert', async () => {
  const { tenant } = await stack.tenantWith({ orders: orders(1) });
  const { gateway, jobs } = stack.seat;
  const session = await openSqlSession({ flink: stack.seat, tenant, generation: 1, bounded: false, maxJobs: 1 });
  for (const sql of [ORDERS.replace(/;\s*$/, ''), "CREATE TABLE t (id BIGINT) WITH ('connector' = 'blackhole')"]) {
    await gateway.submit(session.id, sql);
  }
  const operation = await gateway.submit(session.id, 'INSERT INTO t SELECT id FROM orders');
  let job: string | null = null;
  await until(async () => {
    job = (await gateway.fetch(session.id, operation, 0)).jobId;
    return job !== null && (await jobs.state(job)) === 'RUNNING';
  }, 'the job to run');
  await session[Symbol.asyncDispose]();
  await until(async () => (await jobs.state(job ?? '')) === 'CANCELED', 'the job to end');
});

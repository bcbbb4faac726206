import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '#sandbox/config.ts';
import { makeTemporaryFolder } from '#sandbox/host/instance-name.ts';
import { warmUpFlink } from '#sandbox/languages/flink-sql/warm-up.ts';
import { type FlinkPool, openFlinkPool } from '#sandbox/leases/flink-pool.ts';
import { startFlink } from '#sandbox/services/flink/flink.ts';
import { ORDERS, orders, sqlFixture, until } from '../languages/flink-sql/sql-fixture.ts';

const stack = sqlFixture();
let dir = '';
let pool: FlinkPool | null = null;
const faults: unknown[] = [];

function poolOfTest(): FlinkPool {
  if (!pool) throw new Error('the pool is open inside tests');
  return pool;
}

beforeAll(async () => {
  dir = await makeTemporaryFolder();
  const config = readConfig();
  pool = openFlinkPool({
    start: (onProgress) => startFlink({ provider: stack.provider, config, dir: join(dir, 'flink'), onProgress }),
    broker: () => stack.endpoint,
    warmUp: (seat) => warmUpFlink(seat, stack),
    ...{ spares: 1, cap: 2, refillAfterMs: 0 },
    onFault: (error) => faults.push(error),
  });
});
afterAll(async () => {
  await pool?.[Symbol.asyncDispose]();
  await rm(dir, { recursive: true, force: true });
});

test('a JVM that is killed during a run is reported as a Streamwright error, and a new one runs SQL in seconds', {
  timeout: 240_000,
}, async () => {
  const { tenant } = await stack.tenantWith({ orders: orders(3) });
  await using lent = await poolOfTest().take();
  await until(() => poolOfTest().counts().spare === 1, 'a spare', 120_000);
  const run = stack.run(tenant, 'SELECT id FROM orders', { tables: ORDERS, bounded: false, seat: lent });
  await until(() => run.tables.get(1)?.total === 3, 'rows');

  const killedAt = performance.now();
  process.kill(lent.flink.pid, 'SIGKILL');
  expect(await run.result).toMatchObject({ kind: 'sql-failed', index: 1, error: { code: 'flink_lost', range: null } });
  expect(run.statements[1]?.status).toBe('cancelled');
  expect(lent.broken()).toBe(true);
  await lent[Symbol.asyncDispose]();

  await using next = await poolOfTest().take();
  const again = stack.run(tenant, 'SELECT id FROM orders', { tables: ORDERS, seat: next });
  expect(await again.result).toMatchObject({ kind: 'sql-finished' });
  expect(again.tables.get(1)?.total).toBe(3);
  const lostMs = performance.now() - killedAt;
  console.log(`rows again ${Math.round(lostMs)} ms after the kill`);
  expect(lostMs).toBeLessThan(20_000);
});

test('a JVM that is given back has no job, also when its user left some', { timeout: 240_000 }, async () => {
  const { tenant } = await stack.tenantWith({ orders: orders(3) });
  const lent = await poolOfTest().take();
  const run = stack.run(tenant, 'SELECT id FROM orders', {
    tables: ORDERS,
    bounded: false,
    seat: { ...lent, gateway: { ...lent.gateway, closeSession: async () => undefined } },
  });
  await until(() => run.tables.get(1)?.total === 3, 'rows');
  await lent[Symbol.asyncDispose]();
  const next = await poolOfTest().take();
  expect((await next.jobs.list()).filter(({ state }) => state === 'RUNNING')).toEqual([]);
  run.stop();
  await run.result;
  await next[Symbol.asyncDispose]();
});

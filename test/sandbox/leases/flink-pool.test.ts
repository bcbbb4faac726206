import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { type FlinkPool, type FlinkPoolOptions, openFlinkPool } from '#sandbox/leases/flink-pool.ts';
import { type Waiting, waitingFor } from '#sandbox/protocol/waiting.ts';
import { type FakeFlink, startFakeFlink } from './fake-flink.ts';

const opened: FlinkPool[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((pool) => pool[Symbol.asyncDispose]()));
});

function openPool(options: Partial<FlinkPoolOptions> = {}) {
  const started: FakeFlink[] = [];
  const faults: unknown[] = [];
  const pool = openFlinkPool({
    start: async () => {
      const flink = await startFakeFlink();
      started.push(flink);
      return flink;
    },
    broker: () => ({ host: '127.0.0.1', port: 1 }),
    ...{ spares: 0, cap: 2, refillAfterMs: 0, watch: { everyMs: 60_000, slowMs: 1000 } },
    onFault: (error) => faults.push(error),
    ...options,
  });
  opened.push(pool);
  return { pool, started, faults };
}

async function until(look: () => boolean, limitMs = 5000): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!look()) {
    if (performance.now() > deadline) throw new Error(`waited in vain: ${look}`);
    await delay(5);
  }
}

test('no JVM is started before one is wanted', async () => {
  const { pool, started } = openPool({ spares: 1 });
  expect(pool.state()).toBe('idle');
  expect(started).toHaveLength(0);
  pool.warm();
  expect(pool.state()).toBe('starting');
  await until(() => pool.counts().spare === 1);
  expect(pool.state()).toBe('ready');
});

test('a JVM is warmed up before it is lent', async () => {
  const warmed: number[] = [];
  const { pool } = openPool({ warmUp: async ({ flink }) => void warmed.push(flink.pid) });
  const lent = await pool.take();
  expect(warmed).toEqual([lent.flink.pid]);
});

test('a spare is lent immediately and replaced', async () => {
  const { pool, started } = openPool({ spares: 1 });
  pool.warm();
  await until(() => pool.counts().spare === 1);
  const waits: Waiting[] = [];
  const lent = await pool.take(undefined, (what) => waits.push(what));
  expect(lent.flink).toBe(started[0]);
  expect(waits).toEqual([]);
  await until(() => pool.counts().spare === 1);
  expect(pool.counts()).toMatchObject({ lent: 1, spare: 1 });
});

test('a caller that waits for a start is told what it does', async () => {
  const { pool } = openPool({
    start: async (tell) => {
      await delay(5);
      tell('fetching Flink: file 3, x.jar');
      return startFakeFlink();
    },
  });
  const waits: Waiting[] = [];
  await pool.take(undefined, (what) => waits.push(what));
  expect(waits).toEqual([waitingFor('flink-start'), waitingFor('flink-start', { progress: 'fetching Flink: file 3, x.jar' })]);
});

test('at the cap a caller waits, is told so, and gets the first one that is given back', async () => {
  const { pool, started } = openPool({ cap: 1 });
  const first = await pool.take();
  const waits: Waiting[] = [];
  const second = pool.take(undefined, (what) => waits.push(what));
  const third = pool.take(undefined, (what) => waits.push(what));
  await until(() => waits.length === 2);
  expect(waits).toEqual([waitingFor('flink', { position: 1 }), waitingFor('flink', { position: 2 })]);
  await first[Symbol.asyncDispose]();
  const lent = await second;
  await until(() => waits.length === 3);
  expect(waits.at(-1)).toEqual(waitingFor('flink', { position: 1 }));
  await lent[Symbol.asyncDispose]();
  await (await third)[Symbol.asyncDispose]();
  expect(started).toHaveLength(1);
});

test('at the cap learners take turns, however often one of them asks', async () => {
  const { pool } = openPool({ cap: 1 });
  const first = await pool.take();
  const order: string[] = [];
  const all = ['ada', 'ada', 'ada', 'bob', 'cy'].map(async (learner) => {
    await using _lent = await pool.take(undefined, undefined, learner);
    order.push(learner);
  });
  await first[Symbol.asyncDispose]();
  await Promise.all(all);
  expect(order).toEqual(['ada', 'bob', 'cy', 'ada', 'ada']);
});

test('a caller that no longer waits delays no other', async () => {
  const { pool } = openPool({ cap: 1 });
  const first = await pool.take();
  const leaving = new AbortController();
  const left = pool.take(leaving.signal);
  const stays = pool.take();
  leaving.abort(new Error('left'));
  await expect(left).rejects.toThrow('left');
  await first[Symbol.asyncDispose]();
  expect((await stays).broken()).toBe(false);
});

describe('a JVM that is given back', () => {
  test('is kept when a spare is wanted', async () => {
    const { pool, started } = openPool({ spares: 1, cap: 1 });
    await (await pool.take())[Symbol.asyncDispose]();
    expect(pool.counts()).toMatchObject({ lent: 0, spare: 1 });
    expect((await pool.take()).flink).toBe(started[0]);
  });

  test('is ended when none is wanted', async () => {
    const { pool, started } = openPool();
    await (await pool.take())[Symbol.asyncDispose]();
    expect(started[0]?.hasEnded()).toBe(true);
    expect(pool.counts()).toMatchObject({ lent: 0, spare: 0 });
  });

  test('is ended when it is not responding, and the caller that waits gets a new one', async () => {
    const { pool, started } = openPool({ spares: 1, cap: 1, watch: { everyMs: 60_000, slowMs: 100 } });
    const lent = await pool.take();
    started[0]?.hang();
    const next = pool.take();
    await lent[Symbol.asyncDispose]();
    expect(started[0]?.hasEnded()).toBe(true);
    expect((await next).flink).toBe(started[1]);
  });
});

test('a JVM that ends while it is lent is broken, and a new one is available', async () => {
  const { pool, started } = openPool({ cap: 1 });
  const lent = await pool.take();
  started[0]?.kill();
  await until(() => lent.broken());
  const next = pool.take();
  await lent[Symbol.asyncDispose]();
  expect((await next).flink).toBe(started[1]);
});

test('a spare that ends is not lent', async () => {
  const { pool, started } = openPool({ spares: 1 });
  pool.warm();
  await until(() => pool.counts().spare === 1);
  started[0]?.kill();
  await until(() => started.length === 2);
  expect((await pool.take()).flink).toBe(started[1]);
});

test('the watchdog ends a lent JVM that no longer responds, and reports it', async () => {
  const { pool, started, faults } = openPool({ watch: { everyMs: 20, slowMs: 100 } });
  const lent = await pool.take();
  const asked = started[0]?.asked() ?? 0;
  await until(() => (started[0]?.asked() ?? 0) > asked + 20); // looked at several times, and left alone as long as it answers
  expect(lent.broken()).toBe(false);
  started[0]?.hang();
  await until(() => lent.broken());
  expect(started[0]?.hasEnded()).toBe(true);
  expect(faults).toMatchObject([{ message: expect.stringContaining('took more than 100 ms for a statement twice') }]);
});

describe('a start that fails', () => {
  test('is reported to the caller that waits, and the next one tries again', async () => {
    const starts = [Promise.reject(new Error('no Java')), startFakeFlink()];
    starts[0]?.catch(() => null);
    const { pool } = openPool({ start: () => starts.shift() ?? startFakeFlink() });
    await expect(pool.take()).rejects.toThrow('no Java');
    expect(pool.state()).toBe('failed');
    expect((await pool.take()).broken()).toBe(false);
    expect(pool.state()).toBe('ready');
  });

  test('of a spare is a fault that no caller waits for', async () => {
    const { pool, faults } = openPool({ spares: 1, start: () => Promise.reject(new Error('no Java')) });
    pool.warm();
    await until(() => faults.length === 1);
    expect(pool.state()).toBe('failed');
  });
});

test('a closed pool has ended every JVM, and lends none', async () => {
  const { pool, started } = openPool({ spares: 1 });
  await pool.take();
  await until(() => pool.counts().spare === 1);
  await pool[Symbol.asyncDispose]();
  expect(started.map((flink) => flink.hasEnded())).toEqual([true, true]);
  await expect(pool.take()).rejects.toThrow('stopping');
});

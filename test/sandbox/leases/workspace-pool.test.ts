import { describe, expect, test } from 'vitest';
import { type Waiting, waitingFor } from '#sandbox/protocol/waiting.ts';
import { fakeStack } from '../fake-stack.ts';
import { until } from '../test-server.ts';
import { roomFor, workspacePool } from './workspace-fixture.ts';

const containers = () => fakeStack(undefined, { workspaceMemoryMb: 100 });

describe('where opening a workspace costs nothing', () => {
  test('none is kept warm, there is no limit, and no caller is told of a wait', async () => {
    const { pool, fake } = await workspacePool({ fake: fakeStack(), limits: { spares: 2 } });
    pool.warm();
    pool.raise(60);
    const waits: Waiting[] = [];
    const lent = await Promise.all(Array.from({ length: 20 }, () => pool.take(undefined, (what) => waits.push(what))));
    expect(waits).toEqual([]);
    expect(pool.counts()).toEqual({ lent: 20, spare: 0, starting: 0, waiting: 0, raised: 0, cap: null });
    for (const one of lent) await one[Symbol.asyncDispose]();
    expect(fake.openWorkspaces()).toBe(0);
  });
});

describe('spares', () => {
  test('are kept warm, are lent immediately, and are replaced', async () => {
    const { pool, fake } = await workspacePool({ limits: { spares: 2 } });
    pool.warm();
    await until(
      () => pool.counts().spare,
      (spare) => spare === 2,
    );
    const release = fake.holdWorkspaces();
    const waits: Waiting[] = [];
    await pool.take(undefined, (what) => waits.push(what));
    expect(waits).toEqual([]);
    release();
    await until(
      () => pool.counts(),
      ({ lent, spare }) => lent === 1 && spare === 2,
    );
  });

  test('become more in a burst, up to a limit, and fewer when no one comes', async () => {
    const clock = { now: 0 };
    const { pool } = await workspacePool({ limits: { spares: 1, mostSpares: 3 }, now: () => clock.now });
    const lent = await Promise.all(Array.from({ length: 6 }, () => pool.take()));
    await until(
      () => pool.counts().spare,
      (spare) => spare === 3,
    );
    for (const one of lent) await one[Symbol.asyncDispose]();
    clock.now = 61_000;
    await until(
      () => pool.counts().spare,
      (spare) => spare === 1,
    );
  });

  test('that broke are not lent, and are replaced', async () => {
    const { pool, fake } = await workspacePool({ limits: { spares: 2 }, everyMs: 60_000 });
    pool.warm();
    await until(
      () => pool.counts().spare,
      (spare) => spare === 2,
    );
    fake.stopEngine();
    fake.startEngine();
    expect((await pool.take()).broken()).toBe(false);
    await until(
      () => [pool.counts().spare, fake.openWorkspaces()],
      ([spare, open]) => spare === 2 && open === 3,
    );
  });

  test('of a broker that was started again are not lent', async () => {
    const { pool, fake } = await workspacePool({ limits: { spares: 1 }, everyMs: 60_000 });
    pool.warm();
    await until(
      () => pool.counts().spare,
      (spare) => spare === 1,
    );
    const asked = fake.askedForWorkspaces();
    fake.restartBroker();
    await pool.take();
    expect(fake.askedForWorkspaces()).toBeGreaterThan(asked);
  });
});

test('a workspace that a learner had is ended, and the next caller gets a new one', async () => {
  const { pool, fake } = await workspacePool();
  const first = await pool.take();
  await first[Symbol.asyncDispose]();
  expect(fake.openWorkspaces()).toBe(0);
  await first[Symbol.asyncDispose]();
  await pool.take();
  expect(fake.askedForWorkspaces()).toBe(2);
  expect(fake.openWorkspaces()).toBe(1);
});

test('no more than the limit are opened at the same time', async () => {
  const { pool, fake } = await workspacePool({ limits: { mostStarting: 2 } });
  const release = fake.holdWorkspaces();
  const taking = Array.from({ length: 5 }, () => pool.take());
  await until(
    () => fake.askedForWorkspaces(),
    (asked) => asked === 2,
  );
  expect(pool.counts()).toMatchObject({ starting: 2, waiting: 5 });
  release();
  await Promise.all(taking);
});

test('when the memory is used up callers wait, are told their queue position, and are served in turn', async () => {
  const fake = containers();
  const { pool } = await workspacePool({ fake, freeMb: roomFor(2, fake) });
  const lent = await Promise.all([pool.take(), pool.take()]);
  expect(pool.counts().cap).toBe(2);
  const heard: Waiting[][] = [[], [], []];
  const order: number[] = [];
  const waiting = heard.map(async (words, index) => {
    const one = await pool.take(undefined, (what) => words.push(what));
    order.push(index);
    return one;
  });
  await until(
    () => heard[2]?.length,
    (count) => count === 1,
  );
  expect(heard.map((words) => words[0])).toEqual([
    waitingFor('sandbox', { position: 1 }),
    waitingFor('sandbox', { position: 2 }),
    waitingFor('sandbox', { position: 3 }),
  ]);
  await lent[0]?.[Symbol.asyncDispose]();
  await waiting[0];
  await until(
    () => heard[1]?.at(-1)?.position,
    (position) => position === 1,
  );
  await lent[1]?.[Symbol.asyncDispose]();
  await (await waiting[1])?.[Symbol.asyncDispose]();
  await Promise.all(waiting);
  expect(order).toEqual([0, 1, 2]);
});

test('when there is no room, a learner who does not use a workspace gives it up', async () => {
  const fake = containers();
  const { pool } = await workspacePool({ fake, freeMb: roomFor(1, fake) });
  const unused = await pool.take();
  pool.onFull(() => unused[Symbol.asyncDispose]());
  expect((await pool.take()).broken()).toBe(false);
  expect(fake.openWorkspaces()).toBe(1);
});

test('ahead of a class as many are warm as learners come, as far as the memory goes, and it is told how many', async () => {
  const fake = containers();
  const { pool } = await workspacePool({ fake, freeMb: roomFor(6, fake) });
  const told: number[] = [];
  pool.raise(5, (count) => told.push(count));
  await until(
    () => pool.counts(),
    ({ spare, raised }) => spare === 5 && raised === 5,
  );
  expect(told).toEqual([1, 2, 3, 4, 5]);
  const lent = await Promise.all([pool.take(), pool.take(), pool.take()]);
  await until(
    () => pool.counts(),
    ({ lent: count, spare, starting }) => count === 3 && spare >= 2 && starting === 0,
  );
  pool.raise(20);
  await until(
    () => pool.counts(),
    ({ lent: count, spare }) => count + spare === 6,
  );
  expect(pool.counts()).toMatchObject({ raised: 20, cap: 6, starting: 0 });
  for (const one of lent) await one[Symbol.asyncDispose]();
});

describe('while none can be opened', () => {
  test('after five failures callers are told the reason immediately, until one succeeds', async () => {
    const { pool, fake, watch } = await workspacePool({ pauseMs: 300 });
    fake.refuseWorkspaces('no space left on device');
    for (let attempt = 0; attempt < 5; attempt++) await expect(pool.take()).rejects.toThrow('no space left');
    const asked = fake.askedForWorkspaces();
    await expect(pool.take()).rejects.toMatchObject({
      code: 'SERVICE_NOT_READY',
      message: expect.stringContaining('no space left'),
    });
    expect(fake.askedForWorkspaces()).toBe(asked);
    expect(watch.reason()).toEqual({ code: 'opening-fails', detail: 'no space left on device' });
    await until(
      () => pool.fault(),
      (fault) => fault === null,
    );
    expect(watch.reason()).not.toBeNull(); // what comes next is a probe
    await expect(pool.take()).rejects.toThrow('no space left');
    expect(pool.fault()).not.toBeNull();
    fake.refuseWorkspaces(null);
    await until(
      () => pool.fault(),
      (fault) => fault === null,
    );
    await pool.take();
    expect(watch.reason()).toBeNull();
  });

  test('callers that wait are turned away when the engine goes, and served when it is back', async () => {
    const fake = containers();
    const { pool, watch } = await workspacePool({ fake, freeMb: roomFor(1, fake) });
    await pool.take();
    const waiting = pool.take();
    fake.stopEngine();
    await expect(waiting).rejects.toThrow('engine does not answer');
    await expect(pool.take()).rejects.toThrow('engine does not answer');
    expect(watch.reason()).toEqual({ code: 'engine-silent', detail: null });
    fake.startEngine();
    await watch.recovered(new AbortController().signal);
    expect(watch.reason()).toBeNull();
  });

  test('spares come back by themselves when the engine is back', async () => {
    const { pool, fake, watch } = await workspacePool({ limits: { spares: 2 } });
    pool.warm();
    await until(
      () => pool.counts().spare,
      (spare) => spare === 2,
    );
    fake.stopEngine();
    await until(
      () => pool.counts().spare,
      (spare) => spare === 0,
    );
    fake.startEngine();
    await until(
      () => pool.counts().spare,
      (spare) => spare === 2,
    );
    expect(watch.reason()).toBeNull();
  });
});

test('a closed pool has ended every workspace', async () => {
  const { pool, fake } = await workspacePool({ limits: { spares: 2 } });
  await pool.take();
  await until(
    () => pool.counts().spare,
    (spare) => spare === 2,
  );
  await pool[Symbol.asyncDispose]();
  expect(fake.openWorkspaces()).toBe(0);
  await expect(pool.take()).rejects.toThrow('stopping');
});

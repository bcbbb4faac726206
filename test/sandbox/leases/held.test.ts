import { expect, test } from 'vitest';
import { Held } from '#sandbox/leases/held.ts';
import { type Waiting, waitingFor } from '#sandbox/protocol/waiting.ts';
import { fakeFlinks } from '../fake-flinks.ts';

function setUp() {
  const flinks = fakeFlinks();
  const faults: unknown[] = [];
  return { flinks, faults, flink: new Held('flink', flinks.pool, (error) => faults.push(error)) };
}

test('there is none before a lesson needs one, and callers at the same time get the same one', async () => {
  const { flinks, flink } = setUp();
  expect(flink.current()).toBeNull();
  flink.warm();
  const [one, two] = await Promise.all([flink.take(), flink.take()]);
  expect(two).toBe(one);
  expect(flink.current()).toBe(one);
  expect(await flink.take()).toBe(one);
  expect(flinks.taken()).toBe(1);
});

test('one that has ended is given back and replaced', async () => {
  const { flinks, flink } = setUp();
  const first = await flink.take();
  for (const lent of flinks.lent) lent.break();
  expect(flink.current()).toBeNull();
  const second = await flink.take();
  expect(second).not.toBe(first);
  expect([...flinks.lent]).toEqual([second]);
});

test('a caller that waits is told for what, and one that gives up does not take it from the rest', async () => {
  const { flinks, flink } = setUp();
  const release = flinks.holdBack();
  const heard: Waiting[] = [];
  const hurried = new AbortController();
  const impatient = flink.take(hurried.signal);
  const patient = flink.take(undefined, (what) => heard.push(what));
  hurried.abort(new Error('gone'));
  await expect(impatient).rejects.toThrow('gone');
  expect(heard.at(-1)).toEqual(waitingFor('flink', { position: 3 }));
  expect(flink.awaiting).toEqual(waitingFor('flink', { position: 3 }));
  release();
  const given = await patient;
  expect(flink.current()).toBe(given);
});

test('it is given back with the lease, also in the middle of the wait for it', async () => {
  const { flinks, flink, faults } = setUp();
  await flink.take();
  await flink[Symbol.asyncDispose]();
  expect(flinks.lent.size).toBe(0);

  const other = new Held('flink', flinks.pool, (error) => faults.push(error));
  flinks.holdBack();
  other.warm();
  await other[Symbol.asyncDispose]();
  await expect(other.take()).rejects.toThrow('given back');
  expect(flinks.lent.size).toBe(0);
  expect(faults).toEqual([]);
});

test('a fault while no caller waits is reported, and the next caller gets one', async () => {
  const faults: unknown[] = [];
  const flinks = fakeFlinks();
  let attempts = 0;
  const pool = {
    take: (...args: Parameters<typeof flinks.pool.take>) => {
      attempts += 1;
      return attempts === 1 ? Promise.reject(new Error('no memory')) : flinks.pool.take(...args);
    },
  };
  const flink = new Held('flink', pool, (error) => faults.push(error));
  flink.warm();
  await expect.poll(() => faults.map(String)).toEqual(['Error: no memory']);
  await expect(flink.take()).resolves.toBeDefined();
});

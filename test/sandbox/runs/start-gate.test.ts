import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Waiting, waitingFor } from '#sandbox/protocol/waiting.ts';
import { openStartGate } from '#sandbox/runs/start-gate.ts';

const FOR_MS = 5000;
/** Positions are told after this time. */
const TOLD_MS = 2000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const gate = openStartGate({ atOnce: 2, forMs: FOR_MS });
  const started: string[] = [];
  const told: Record<string, Waiting> = {};
  /** @param name of the program, after that of its learner: `a1` */
  const enter = (name: string, signal = new AbortController().signal) =>
    gate
      .enter(name[0] ?? '', signal, (what) => {
        told[name] = what;
      })
      .then((starting) => {
        started.push(name);
        return starting;
      });
  return { started, told, enter };
}

test('programs start in arrival order, each when one before it has ended', async () => {
  const { started, told, enter } = setUp();
  const [first] = [await enter('a'), await enter('b')];
  const later = ['c', 'd', 'e'].map((name) => enter(name));
  expect(told).toEqual({
    c: waitingFor('processor', { position: 1 }),
    d: waitingFor('processor', { position: 2 }),
    e: waitingFor('processor', { position: 3 }),
  });
  first?.[Symbol.dispose]();
  first?.[Symbol.dispose]();
  await later[0];
  expect(started).toEqual(['a', 'b', 'c']);
  await vi.advanceTimersByTimeAsync(TOLD_MS);
  expect(told.d).toEqual(waitingFor('processor', { position: 1 }));
});

test('one that runs on makes room when it has long started, once', async () => {
  const { started, enter } = setUp();
  const first = await enter('a');
  await enter('b');
  const later = ['c', 'd', 'e'].map((name) => enter(name));
  await vi.advanceTimersByTimeAsync(FOR_MS);
  await Promise.all(later.slice(0, 2));
  first[Symbol.dispose]();
  await vi.advanceTimersByTimeAsync(FOR_MS / 2);
  expect(started).toEqual(['a', 'b', 'c', 'd']);
});

test('one that gives up while it waits leaves its place to the next', async () => {
  const { started, told, enter } = setUp();
  const first = await enter('a');
  await enter('b');
  const leaving = new AbortController();
  const left = enter('c', leaving.signal);
  const next = enter('d');
  leaving.abort(new Error('stopped'));
  await expect(left).rejects.toThrow('stopped');
  await vi.advanceTimersByTimeAsync(TOLD_MS);
  expect(told.d).toEqual(waitingFor('processor', { position: 1 }));
  first[Symbol.dispose]();
  await next;
  expect(started).toEqual(['a', 'b', 'd']);
});

test('one that gave up before it arrived is not let in', async () => {
  const { enter } = setUp();
  await expect(enter('a', AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
});

test('a learner with many programs has the next turn after all others who wait', async () => {
  const { started, enter } = setUp();
  const first = [await enter('a1'), await enter('a2')];
  const later = ['a3', 'a4', 'b1', 'c1'].map((name) => enter(name));
  for (const one of first) one[Symbol.dispose]();
  for (const index of [0, 2, 3]) (await later[index])?.[Symbol.dispose]();
  await later[1];
  expect(started).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'a4']);
});

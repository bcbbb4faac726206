import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WaitingLine } from '#sandbox/leases/waiting-line.ts';
import { type Waiting, waitingFor } from '#sandbox/protocol/waiting.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('serves in arrival order', async () => {
  const line = new WaitingLine<string>();
  const [first, second] = [line.join(), line.join()];
  expect(line.length).toBe(2);
  expect([line.serve('one'), line.serve('two'), line.serve('three')]).toEqual([true, true, false]);
  expect(await Promise.all([first, second])).toEqual(['one', 'two']);
});

test('a caller that leaves rejects with the reason, moves the rest up, and is reported once', async () => {
  let left = 0;
  const line = new WaitingLine<string>(() => left++);
  const giving = new AbortController();
  const first = line.join({ signal: giving.signal });
  const second = line.join();
  giving.abort(new Error('gave up'));
  await expect(first).rejects.toThrow('gave up');
  expect({ left, length: line.length }).toEqual({ left: 1, length: 1 });
  line.serve('one');
  expect(await second).toBe('one');
});

test('a signal that aborts later does not touch a caller that was served', async () => {
  let left = 0;
  const line = new WaitingLine<string>(() => left++);
  const giving = new AbortController();
  const first = line.join({ signal: giving.signal });
  line.serve('one');
  giving.abort(new Error('too late'));
  expect(await first).toBe('one');
  expect(left).toBe(0);
});

test('a signal that has aborted already keeps its caller out of the line', async () => {
  const line = new WaitingLine<string>();
  await expect(line.join({ signal: AbortSignal.abort(new Error('never')) })).rejects.toThrow('never');
  expect(line.length).toBe(0);
});

test('owners take turns, and each one is told its own position', async () => {
  const line = new WaitingLine<string>();
  const positions: Record<string, number | null> = {};
  const served: string[] = [];
  for (const name of ['a1', 'a2', 'a3', 'b1', 'c1']) {
    const onWait = ({ position }: Waiting) => {
      positions[name] = position;
    };
    line.join({ owner: name[0], onWait }).then(() => served.push(name));
    line.tellAll((position) => waitingFor('flink', { position }));
  }
  expect(positions).toEqual({ a1: 1, a2: 2, a3: 3, b1: 2, c1: 3 }); // each as it was on arrival
  vi.advanceTimersByTime(2000);
  expect(positions).toEqual({ a1: 1, b1: 2, c1: 3, a2: 4, a3: 5 });
  while (line.serve('got'));
  await vi.advanceTimersByTimeAsync(0);
  expect(served).toEqual(['a1', 'b1', 'c1', 'a2', 'a3']);
});

test('newcomers are told at once, the rest every two seconds at most, and only what has changed', () => {
  const line = new WaitingLine<string>();
  const told: [string, Waiting][] = [];
  const join = (name: string) => void line.join({ onWait: (what) => told.push([name, what]) });
  const tell = () => line.tellAll((position) => waitingFor('flink', { position }));
  join('a');
  join('b');
  tell();
  tell();
  expect(told.splice(0)).toEqual([
    ['a', waitingFor('flink', { position: 1 })],
    ['b', waitingFor('flink', { position: 2 })],
  ]);
  line.tellFirst(waitingFor('flink-start', { progress: 'fetching Flink' }));
  expect(told.splice(0)).toEqual([['a', waitingFor('flink-start', { progress: 'fetching Flink' })]]);
  line.serve('got');
  for (let step = 0; step < 100; step++) tell();
  expect(told).toEqual([]);
  vi.advanceTimersByTime(2000);
  vi.advanceTimersByTime(10_000);
  expect(told).toEqual([['b', waitingFor('flink', { position: 1 })]]);
});

test('what is told of a start stays until there is something else', () => {
  const line = new WaitingLine<string>();
  const told: Waiting[] = [];
  void line.join({ onWait: (what) => told.push(what) });
  line.tellAll(() => waitingFor('flink-start'));
  line.tellFirst(waitingFor('flink-start', { progress: 'fetching Flink' }));
  vi.advanceTimersByTime(2000);
  expect(told.at(-1)).toEqual(waitingFor('flink-start', { progress: 'fetching Flink' }));
  line.tellAll(() => waitingFor('flink', { position: 1 }));
  vi.advanceTimersByTime(2000);
  expect(told.at(-1)).toEqual(waitingFor('flink', { position: 1 }));
});

test('a thousand who come and are served one after another are told a number of times that grows with their number', () => {
  const toldTo = (count: number) => {
    const line = new WaitingLine<number>();
    let told = 0;
    const tell = () => line.tellAll((position) => waitingFor('flink', { position }));
    for (let index = 0; index < count; index++) {
      void line.join({ onWait: () => (told += 1) });
      tell();
    }
    while (line.serve(0)) tell();
    return told;
  };
  expect([toldTo(100), toldTo(1000)]).toEqual([100, 1000]);
});

test('the first or all can be turned away with an error', async () => {
  const line = new WaitingLine<string>();
  const waiting = ['a', 'b', 'c'].map(() => line.join());
  expect(line.turnFirstAway(new Error('one failed'))).toBe(true);
  line.turnAllAway(new Error('closed'));
  const ends = await Promise.allSettled(waiting);
  expect(ends.map((end) => (end.status === 'rejected' ? end.reason.message : 'served'))).toEqual([
    'one failed',
    'closed',
    'closed',
  ]);
  expect([line.length, line.turnFirstAway(new Error('nobody'))]).toEqual([0, false]);
});

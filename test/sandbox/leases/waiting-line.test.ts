import { expect, test } from 'vitest';
import { WaitingLine } from '#sandbox/leases/waiting-line.ts';
import { type Waiting, waitingFor } from '#sandbox/protocol/waiting.ts';

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
  const first = line.join(giving.signal);
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
  const first = line.join(giving.signal);
  line.serve('one');
  giving.abort(new Error('too late'));
  expect(await first).toBe('one');
  expect(left).toBe(0);
});

test('a signal that has aborted already keeps its caller out of the line', async () => {
  const line = new WaitingLine<string>();
  await expect(line.join(AbortSignal.abort(new Error('never')))).rejects.toThrow('never');
  expect(line.length).toBe(0);
});

test('each is told what it waits for itself, and only when that changes', () => {
  const line = new WaitingLine<string>();
  const told: [string, Waiting][] = [];
  for (const name of ['a', 'b']) line.join(undefined, (what) => told.push([name, what]));
  line.tellAll((position) => waitingFor('flink', { position }));
  line.tellAll((position) => waitingFor('flink', { position }));
  line.tellFirst(waitingFor('flink-start', { progress: 'fetching Flink' }));
  expect(told).toEqual([
    ['a', waitingFor('flink', { position: 1 })],
    ['b', waitingFor('flink', { position: 2 })],
    ['a', waitingFor('flink-start', { progress: 'fetching Flink' })],
  ]);
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

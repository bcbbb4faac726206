import { expect, test } from 'vitest';
import { runInLanes } from './lanes.ts';

/** Jobs that end when they are told to. */
function jobs(...names: string[]) {
  const started: string[] = [];
  const ends = new Map(names.map((name) => [name, Promise.withResolvers<void>()]));
  return {
    started,
    end: async (name: string) => {
      ends.get(name)?.resolve();
      await new Promise((resolve) => setImmediate(resolve));
    },
    run: async (name: string) => {
      started.push(name);
      await ends.get(name)?.promise;
      return name.toUpperCase();
    },
  };
}

test('jobs start in their order, as many at a time as there are lanes, and the next when one has ended', async () => {
  const names = ['a', 'b', 'c', 'd'];
  const { started, end, run } = jobs(...names);
  const results = runInLanes(names, 2, { run });
  expect(started).toEqual(['a', 'b']);
  await end('b');
  expect(started).toEqual(['a', 'b', 'c']);
  await end('c');
  await end('a');
  await end('d');
  expect(await results).toEqual(['A', 'B', 'C', 'D']);
});

test('one lane works through them one by one', async () => {
  const { started, end, run } = jobs('a', 'b');
  const results = runInLanes(['a', 'b'], 1, { run });
  expect(started).toEqual(['a']);
  await end('a');
  await end('b');
  expect(await results).toEqual(['A', 'B']);
});

test('a job that comes after another begins when that one has ended, also where a lane is free before', async () => {
  const names = ['a', 'b', 'c', 'd'];
  const { started, end, run } = jobs(...names);
  const results = runInLanes(names, 2, { run, after: (name) => (name === 'c' ? 'a' : undefined) });
  await end('b');
  expect(started).toEqual(['a', 'b']);
  await end('a');
  expect(started).toEqual(['a', 'b', 'd', 'c']);
  await end('c');
  await end('d');
  expect(await results).toEqual(['A', 'B', 'C', 'D']);
});

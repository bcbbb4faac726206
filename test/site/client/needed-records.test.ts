import { expect, test } from 'vitest';
import type { LensTopic } from '#sandbox/protocol/lens.ts';
import { createNeededRecords, type Wanted } from '../../../site/src/client/needed-records.ts';

/** Time that passes when the test says so. */
function fakeTime() {
  let now = 0;
  let due: { at: number; run: () => void }[] = [];
  const later = (ms: number, run: () => void) => {
    const one = { at: now + ms, run };
    due.push(one);
    return () => {
      due = due.filter((other) => other !== one);
    };
  };
  const pass = async (ms: number) => {
    now += ms;
    const ready = due.filter(({ at }) => at <= now);
    due = due.filter(({ at }) => at > now);
    for (const { run } of ready) run();
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  return { later, pass };
}

function topic(name: string): LensTopic {
  return { name, partitions: [{ partition: 0, start: '0', end: '900' }] };
}

/** @param answers whether each read, in order, succeeds; all do where they are used up */
function reading(answers: boolean[] = []) {
  const time = fakeTime();
  const asked: string[] = [];
  let wanted: Wanted[] = [];
  const records = createNeededRecords({
    later: time.later,
    wanted: () => wanted,
    need: async ({ name }, first, last) => {
      asked.push(`${name} ${first}-${last}`);
      return answers.shift() ?? true;
    },
  });
  const view = (name: string, first: number, last: number) => {
    wanted = [{ topic: topic(name), first, last }];
    records.look(50);
  };
  return { asked, view, pass: time.pass, end: records.end };
}

test('what is in view is read soon, and once', async () => {
  const { asked, view, pass } = reading();
  view('orders', 0, 20);
  expect(asked).toEqual([]);
  await pass(50);
  await pass(60_000);
  expect(asked).toEqual(['orders 0-20']);
});

test('moves that follow each other are read together, as the last of them shows', async () => {
  const { asked, view, pass } = reading();
  for (const first of [0, 5, 10]) view('orders', first, first + 20);
  await pass(50);
  expect(asked).toEqual(['orders 10-30']);
});

test('records whose reading failed are asked for again though nothing moves, less and less often, until they are there', async () => {
  const { asked, view, pass } = reading([false, false, false]);
  view('orders', 0, 20);
  await pass(50);
  expect(asked).toHaveLength(1);
  await pass(1_000);
  expect(asked).toHaveLength(2);
  await pass(1_000);
  expect(asked).toHaveLength(2);
  await pass(1_000);
  expect(asked).toHaveLength(3);
  await pass(4_000);
  expect(asked).toHaveLength(4);
  await pass(60_000);
  expect(asked).toHaveLength(4);
});

test('another topic with the same offsets in view is read as well, while the first still fails', async () => {
  const { asked, view, pass } = reading([false]);
  view('orders', 0, 20);
  await pass(50);
  view('receipts', 0, 20);
  await pass(50);
  await pass(60_000);
  expect(asked).toEqual(['orders 0-20', 'receipts 0-20']);
});

test('what is no longer shown is not asked for', async () => {
  const { asked, view, pass, end } = reading([false]);
  view('orders', 0, 20);
  await pass(50);
  end();
  await pass(60_000);
  expect(asked).toEqual(['orders 0-20']);
});

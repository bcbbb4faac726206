import { expect, test } from 'vitest';
import { exerciseSchema } from '#lessons/schema.ts';
import { drawRound, roundSeed, VISIBLE_SEED } from '#sandbox/generators/round.ts';

const spec = exerciseSchema.parse({
  language: 'ts',
  files: ['main.ts'],
  services: ['kafka'],
  topics: { 'driver-events': { partitions: [3, 7] }, orders: {} },
  inputs: { orders: { generator: 'orders', count: [5, 9], as: 'topic' }, list: { generator: 'orders', count: 4, as: 'module' } },
  checks: { stored: 'Stored' },
  wrong: {},
  hints: ['1', '2', '3'],
});

test('a seed always draws the same round, and later rounds have different data', () => {
  expect(drawRound(spec, 11)).toEqual(drawRound(spec, 11));
  expect(drawRound(spec, 11)).not.toEqual(drawRound(spec, 12));
  expect(drawRound(spec, 11, 1).inputs).not.toEqual(drawRound(spec, 11, 2).inputs);
});

test('partitions and counts stay within their ranges and reach both ends', () => {
  const rounds = Array.from({ length: 300 }, (_, seed) => drawRound(spec, seed));
  const distinct = (values: number[]) => [...new Set(values)].sort();
  expect(distinct(rounds.map(({ topics }) => topics[0]?.partitions ?? 0))).toEqual([3, 4, 5, 6, 7]);
  expect(distinct(rounds.map(({ inputs }) => inputs.orders?.length ?? 0))).toEqual([5, 6, 7, 8, 9]);
});

test('an input that fills a topic also gives its items as records', () => {
  const { inputs, records } = drawRound(spec, 3);
  expect(records.orders?.map(({ value }) => JSON.parse(value))).toEqual(inputs.orders);
  expect(records.list).toBeUndefined();
});

test('later items follow the input and leave its length unchanged', () => {
  const input = { generator: 'web-orders', count: [30, 40] as [number, number], as: 'topic' as const };
  const live = {
    ...spec,
    topics: { orders: { partitions: 1 } },
    inputs: { orders: { ...input, live: { count: 12, perSecond: 1 } } },
  };
  const { inputs, records, later } = drawRound(live, 3);
  const count = drawRound({ ...live, inputs: { orders: input } }, 3).inputs.orders?.length;
  expect([inputs.orders?.length, records.orders?.length]).toEqual([count, count]);
  expect(later.orders?.items).toHaveLength(12);
  expect(later.orders?.records.map(({ value }) => JSON.parse(value))).toEqual(later.orders?.items);
  expect(drawRound(spec, 3).later).toEqual({});
});

test('no round of any submission has the seed whose data the editor shows, and rounds have different seeds', () => {
  for (let base = 0; base < 3000; base++) {
    const seeds = [1, 2, 3].map((round) => roundSeed(base, round));
    expect(seeds).not.toContain(VISIBLE_SEED);
    expect(new Set(seeds).size).toBe(3);
  }
});

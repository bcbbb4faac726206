import { expect, test } from 'vitest';
import { foldByKey } from '#sandbox/grading/kit/fold.ts';
import type { KafkaRecord } from '#sandbox/grading/kit/kafka.ts';

const record = (key: string | null, value: string | null, offset = 0): KafkaRecord => ({
  topic: 'revenue',
  partition: 0,
  offset: BigInt(offset),
  timestampMs: 0,
  key: key === null ? null : Buffer.from(key),
  value: value === null ? null : Buffer.from(value),
  headers: [],
});

test('of each key the last value counts, a null removes it, and it can come back', () => {
  const table = foldByKey([
    record('a', '1'),
    record('b', '1'),
    record('a', '2'),
    record('b', null),
    record('c', null),
    record('d', null),
    record('d', '4'),
  ]);
  expect([...table.values()].map(({ key, value }) => [String(key), String(value)])).toEqual([
    ['a', '2'],
    ['d', '4'],
  ]);
});

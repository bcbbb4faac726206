import { describe, expect, test } from 'vitest';
import type { LensTopic } from '#sandbox/protocol/lens.ts';
import { arrivalOrder, ordinals, topicAfter } from '../../../site/src/client/arrival-order.ts';
import { RecordLog } from '../../../site/src/client/record-log.ts';

/** Numbers from a seed, the same in every run. */
function drawing(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function drawTopic(seed: number) {
  const draw = drawing(seed);
  const records = new RecordLog();
  const lanes = Array.from({ length: 1 + draw(5) }, (_, partition) => {
    const start = draw(2) * draw(50);
    const end = start + draw(40);
    let timestampMs = 1_000;
    for (let offset = start; offset < end; offset++) {
      timestampMs += draw(20) - 5;
      records.add('t', [{ partition, offset: `${offset}`, timestampMs, key: null, value: null, headers: [] }], 0);
    }
    return { partition, start: String(start), end: String(end) };
  });
  const topic: LensTopic = { name: 't', partitions: lanes };
  return { topic, records, total: lanes.reduce((sum, { start, end }) => sum + Number(end) - Number(start), 0) };
}
const SEEDS = Array.from({ length: 300 }, (_, seed) => seed);

describe('the order of arrival', () => {
  test('numbers every record once from 1, and never one before an earlier offset of its partition', () => {
    for (const seed of SEEDS) {
      const { topic, records, total } = drawTopic(seed);
      const numbers = ordinals(arrivalOrder(topic, records));
      expect([...numbers.values()].sort((a, b) => a - b)).toEqual(Array.from({ length: total }, (_, index) => index + 1));
      for (const { partition, start, end } of topic.partitions) {
        const lane = Array.from({ length: Number(end) - Number(start) }, (_, index) =>
          numbers.get(records.at('t', partition, Number(start) + index)!),
        );
        expect(lane).toEqual([...lane].sort((a, b) => (a ?? 0) - (b ?? 0)));
      }
    }
  });

  test('is the order of timestamps where they do not go back', () => {
    const records = new RecordLog();
    const at = (partition: number, offset: number, timestampMs: number) =>
      records.add('t', [{ partition, offset: `${offset}`, timestampMs, key: `${timestampMs}`, value: null, headers: [] }], 0);
    for (const [partition, offset, time] of [
      [0, 0, 10],
      [0, 1, 40],
      [1, 0, 20],
      [1, 1, 30],
    ] as const)
      at(partition, offset, time);
    const partitions = [0, 1].map((partition) => ({ partition, start: '0', end: '2' }));
    expect(arrivalOrder({ name: 't', partitions }, records).order.map(({ timeMs }) => timeMs)).toEqual([10, 20, 30, 40]);
  });

  test('gives the records that are known the number that they have among all', () => {
    for (const seed of SEEDS) {
      const { topic, records } = drawTopic(seed);
      const all = ordinals(arrivalOrder(topic, records));
      const part = new RecordLog();
      const draw = drawing(seed + 7);
      for (const { partition, start, end } of topic.partitions) {
        for (let offset = Number(start) + draw(Number(end) - Number(start) + 1); offset < Number(end); offset++) {
          part.add('t', [records.at('t', partition, offset)!], 0);
        }
      }
      for (const { record } of arrivalOrder(topic, part).order) {
        const whole = records.at('t', record.partition, Number(record.offset))!;
        // Where timestamps go back, what came before is not known to be later.
        if (isInTimeOrder(records, topic)) expect(ordinals(arrivalOrder(topic, part)).get(record)).toBe(all.get(whole));
      }
    }
  });

  test('shows a topic after any number of its records: each that had come, none that had not', () => {
    for (const seed of SEEDS) {
      const { topic, records, total } = drawTopic(seed);
      const arrival = arrivalOrder(topic, records);
      const count = drawing(seed + 3)(total + 1);
      const then = topicAfter(topic, arrival, count);
      const shown = then.partitions.reduce((sum, { start, end }) => sum + Number(end) - Number(start), 0);
      expect(shown).toBe(count);
      for (const { partition, offset } of arrival.order.slice(0, count)) {
        expect(offset).toBeLessThan(Number(then.partitions[partition]?.end));
      }
    }
  });
});

function isInTimeOrder(records: RecordLog, { partitions }: LensTopic): boolean {
  return partitions.every(({ partition, start, end }) =>
    Array.from({ length: Math.max(0, Number(end) - Number(start) - 1) }, (_, index) => Number(start) + index).every(
      (offset) => records.at('t', partition, offset)!.timestampMs <= records.at('t', partition, offset + 1)!.timestampMs,
    ),
  );
}

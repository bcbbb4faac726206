import { describe, expect, test } from 'vitest';
import type { ArrivalOrder } from '../../../site/src/client/arrival-order.ts';
import { RecordLog } from '../../../site/src/client/record-log.ts';
import {
  axisOfOrder,
  countAt,
  eventAfter,
  eventBefore,
  knobWords,
  momentAfterKey,
  momentAt,
  momentWords,
  shareOf,
  type TimeAxis,
} from '../../../site/src/client/time-axis.ts';

function arrivalsAt(times: readonly number[], before = 0): ArrivalOrder {
  const log = new RecordLog();
  log.add(
    't',
    times.map((timestampMs, offset) => ({ partition: 0, offset: `${offset}`, timestampMs, key: null, value: null, headers: [] })),
    0,
  );
  return { before, order: times.map((timeMs, offset) => ({ record: log.at('t', 0, offset)!, partition: 0, offset, timeMs })) };
}
const press = (axis: TimeAxis, moment: number | null, key: string, shift = false) => momentAfterKey(axis, moment, { key, shift });

describe('the axis of records', () => {
  const axis = axisOfOrder(arrivalsAt([10, 10, 10, 25, 40, 40]));

  test('runs from no record to all of them', () => {
    expect([axis.from, axis.to]).toEqual([0, 6]);
  });

  test('steps a record, with Shift ten, and ends at now and at the beginning', () => {
    expect(press(axis, null, 'ArrowLeft')).toBe(5);
    expect(press(axis, 5, 'ArrowRight')).toBeNull();
    expect(press(axis, null, 'ArrowLeft', true)).toBe(0);
    expect(press(axis, 3, 'Home')).toBe(0);
    expect(press(axis, 3, 'End')).toBeNull();
    expect(press(axis, 3, 'x')).toBeUndefined();
  });

  test('goes from burst to burst of records sent at one time', () => {
    expect(eventBefore(axis, null)).toBe(4);
    expect(eventBefore(axis, 4)).toBe(3);
    expect(eventBefore(axis, 3)).toBe(0);
    expect(eventAfter(axis, 0)).toBe(3);
    expect(eventAfter(axis, 4)).toBeNull();
    expect(eventAfter(axis, null)).toBeNull();
  });

  test('says how far back it is', () => {
    expect([knobWords(axis, null), knobWords(axis, 2)]).toEqual(['now', '−4']);
    expect([momentWords(axis, null), momentWords(axis, 1)]).toEqual(['now', 'after 1 record, 5 records back']);
  });

  test('has what was broken among its events: a record that was added at its own place, anything else by its time', () => {
    const at = (atMs: number) => ({ atMs, runMs: 0, forMs: null });
    const broken = axisOfOrder(arrivalsAt([10, 10, 10, 25, 40, 40]), [
      { kind: 'poison', ...at(39), record: { topic: 't', partition: 0, offset: '4' } },
      { kind: 'kill', ...at(26), record: null },
    ]);
    const done = broken.events.filter(({ isBreak }) => isBreak);
    expect(done.map(({ at: place, title }) => [place, title])).toEqual([
      [4, 'killed'],
      [5, 'poison record, partition 0, offset 4'],
    ]);
    expect(broken.events.map(({ at: place }) => place)).toEqual([3, 4, 4, 5]);
    expect(eventBefore(broken, null)).toBe(5);
  });

  test('counts what lies before the records that are known', () => {
    const later = axisOfOrder(arrivalsAt([10, 20], 4_000));
    expect([later.from, later.to, press(later, null, 'Home')]).toEqual([4_000, 4_002, 4_000]);
  });
});

describe('the axis of time', () => {
  const axis: TimeAxis = { kind: 'time', from: 1_000, to: 11_000, events: [] };

  test('steps 0.1 s, with Shift a second', () => {
    expect([press(axis, null, 'ArrowLeft'), press(axis, 5_000, 'ArrowRight', true)]).toEqual([10_900, 6_000]);
    expect([knobWords(axis, 9_500), shareOf(axis, 6_000)]).toEqual(['−1.5 s', 0.5]);
  });

  test('shows the records that had come by then', () => {
    const arrival = arrivalsAt([10, 20, 20, 30]);
    expect([9, 10, 20, 29, 30, 99].map((at) => countAt({ kind: 'time' }, arrival, at))).toEqual([0, 1, 3, 3, 4, 4]);
  });
});

test('wherever one moves, the moment stays on the axis, and a place at its end is now', () => {
  for (const kind of ['order', 'time'] as const) {
    const axis: TimeAxis = { kind, from: 3, to: 40_000, events: [{ at: 77, title: '', isLoss: false }] };
    let moment: number | null = null;
    for (let turn = 0; turn < 500; turn++) {
      const key = ['ArrowLeft', 'ArrowLeft', 'ArrowRight', 'Home', 'ArrowUp', 'ArrowDown', 'End'][(turn * 7919) % 7]!;
      moment = press(axis, moment, key, turn % 3 === 0) ?? null;
      if (turn % 11 === 0) moment = eventBefore(axis, moment);
      if (moment !== null) expect(moment >= axis.from && moment < axis.to).toBe(true);
    }
    expect([momentAt(axis, -5), momentAt(axis, 40_000), momentAt(axis, 9)]).toEqual([3, null, 9]);
  }
});

import { describe, expect, test } from 'vitest';
import { eventMsOf, watermarkWords } from '../../../site/src/client/event-clock.ts';
import { type EventTimeInput, eventTime } from '../../../site/src/client/event-time.ts';
import { arrivalMarks, chartScale, chartView, eventMarks, watermarkPath } from '../../../site/src/client/event-time-view.ts';
import { partitionTimes } from '../../../site/src/client/partition-times.ts';
import type { KnownRecord } from '../../../site/src/client/record-log.ts';
import type { WindowSpec } from '../../../site/src/client/window-spec.ts';

const NOON = Date.UTC(2026, 0, 1, 12);
const START = 1_800_000_000_000;

const MINUTE = {
  kind: 'tumble',
  sizeMs: 60_000,
  stepMs: 60_000,
  offsetMs: 0,
  column: 'at',
  keys: [],
} as const satisfies WindowSpec;

/** A record whose event is `second` after noon, stored `arrival` ms after the start of the run. */
const record = (second: number, arrival: number, partition = 0): KnownRecord => ({
  ...{ partition, offset: String((arrival + 1_000_000) * 10), key: 'a', headers: [], identity: null, arrivedAt: 0 },
  timestampMs: START + arrival,
  value: JSON.stringify({ at: new Date(NOON + second * 1000).toISOString().replace('T', ' ').slice(0, -1) }),
});
const table = {
  ...{ name: 't', topic: 't', upsert: false, columns: [], keyFields: [], onEvent: true, fromLatest: false },
  rowtime: { column: 'at', field: 'at', delayMs: 10_000 },
};
const chart = (input: Partial<EventTimeInput>) =>
  eventTime({
    ...{
      records: [],
      table,
      window: MINUTE,
      startedAt: START,
      samples: [],
      closings: [],
      partitions: 1,
    },
    ...input,
  });
const seconds = (steps: readonly { arrival: number; watermarkMs: number }[]) =>
  steps.map(({ arrival, watermarkMs }) => [arrival, (watermarkMs - NOON) / 1000]);

describe('event time', () => {
  test('is read from SQL timestamps, ISO 8601 and numbers', () => {
    expect(
      ['2026-01-01 12:00:01.5', '2026-01-01T12:00:01.500Z', NOON + 1500, (NOON + 1000) / 1000, '13:00', null].map(eventMsOf),
    ).toEqual([NOON + 1500, NOON + 1500, NOON + 1500, NOON + 1000, null, null]);
  });

  test('shows when there is no watermark yet, and when the input has ended', () => {
    expect([null, -(2 ** 63), 2 ** 63, NOON + 61_000].map(watermarkWords)).toEqual([
      'none yet',
      'none yet',
      'end of input',
      '12:01:01',
    ]);
  });
});

describe('arrival', () => {
  test('of records stored before the run is read order: each partition in its own, across partitions the older event first', () => {
    const { points } = chart({
      records: [record(1, -500), record(30, -499), record(5, -500, 1), record(3, -499, 1), record(40, 700)],
      partitions: 2,
    });
    expect(points.map(({ eventMs, arrival }) => [(eventMs - NOON) / 1000, arrival])).toEqual([
      [1, -4],
      [5, -3],
      [3, -2],
      [30, -1],
      [40, 700],
    ]);
  });

  test('is unknown until the start of the run is known: all records then count as stored before the run', () => {
    expect(chart({ records: [record(1, 50), record(2, 60)], startedAt: null }).points.map(({ arrival }) => arrival)).toEqual([
      -2, -1,
    ]);
  });

  test('leaves out records stored before the run when the source starts at the latest offset', () => {
    const { points } = chart({ records: [record(1, -5), record(2, 6)], table: { ...table, fromLatest: true } });
    expect(points.map(({ arrival }) => arrival)).toEqual([6]);
  });

  test('records without the field are left out', () => {
    expect(chart({ records: [{ ...record(1, 5), value: 'no JSON' }, record(2, 6)] }).points).toHaveLength(1);
  });
});

describe('the watermark', () => {
  const records = [record(20, 100), record(65, 400), record(50, 600), record(72, 900), record(55, 1_000), record(125, 1_300)];

  test('advances with the exact record when the records explain all that Flink reported', () => {
    const { watermark, windows, points } = chart({ records, samples: [{ atMs: 950, watermarkMs: NOON + 62_000 }] });
    expect(seconds(watermark)).toEqual([
      [100, 10],
      [400, 55],
      [900, 62],
    ]);
    expect(windows.map(({ rows, closedAt }) => [rows, closedAt])).toEqual([
      [2, 900],
      [2, null],
      [1, null],
    ]);
    expect(points.filter(({ lateAfter }) => lateAfter !== null).map(({ eventMs }) => (eventMs - NOON) / 1000)).toEqual([55]);
  });

  test('is as Flink reported it when the records do not explain it', () => {
    const samples = [
      { atMs: 500, watermarkMs: NOON + 30_000 },
      { atMs: 1_500, watermarkMs: NOON + 60_000 },
    ];
    const { watermark, windows } = chart({ records, samples });
    expect(seconds(watermark)).toEqual([
      [500, 30],
      [1_500, 60],
    ]);
    expect(windows[0]).toMatchObject({ rows: 3, closedAt: 1_500 });
  });

  test('never goes back, and does not exist while a partition is empty', () => {
    expect(chart({ records, partitions: 2 }).watermark).toEqual([]);
    const samples = [
      { atMs: 10, watermarkMs: null },
      { atMs: 20, watermarkMs: NOON + 9_000 },
      { atMs: 30, watermarkMs: NOON + 8_000 },
    ];
    expect(seconds(chart({ records, partitions: 2, samples }).watermark)).toEqual([[20, 9]]);
  });

  test('is proven by rows of closed windows when Flink reports nothing', () => {
    const { windows } = chart({ records, closings: [{ atMs: 1_000, windowEndMs: NOON + 60_000 }] });
    expect(windows.map(({ closedAt }) => closedAt)).toEqual([900, null, null]);
  });

  test('of earlier records closes windows record by record in one partition, all together in several', () => {
    const before = [record(20, -9), record(75, -8), record(30, -7)];
    const one = chart({ records: before, samples: [{ atMs: 300, watermarkMs: NOON + 65_000 }] });
    expect(one.points.map(({ lateAfter }) => lateAfter !== null)).toEqual([false, false, true]);
    const two = chart({
      records: [...before, record(80, -9, 1)],
      partitions: 2,
      samples: [{ atMs: 300, watermarkMs: NOON + 65_000 }],
    });
    expect(two.points.some(({ lateAfter }) => lateAfter !== null)).toBe(false);
    expect(two.windows.map(({ rows, closedAt }) => [rows, closedAt])).toEqual([
      [2, 300],
      [2, null],
    ]);
  });

  test('after the end of the input has passed every window', () => {
    const { windows } = chart({ records, samples: [{ atMs: 2_000, watermarkMs: 2 ** 63 }] });
    expect(windows.every(({ closedAt }) => closedAt !== null)).toBe(true);
  });

  test('does not close a window on a different column', () => {
    const { windows, points } = chart({ records, window: { ...MINUTE, column: 'proctime' } });
    expect([windows, points.length]).toEqual([[], 6]);
  });

  test('is held back by the slowest partition, or by one that has none, while the source waits for it', () => {
    const roles = (emitted: number | null, ...watermarks: (number | null)[]) =>
      partitionTimes({
        watermarkMs: emitted,
        partitions: watermarks.map((watermarkMs, partition) => ({ topic: 't', partition, watermarkMs })),
      }).map(({ role }) => role);
    expect(roles(3, 5, 3)).toEqual(['other', 'slowest']);
    expect(roles(null, 5, 3, null)).toEqual(['other', 'other', 'slowest']);
    expect(roles(5, 5)).toEqual(['other']);
    expect(roles(3, 5, 3, 3)).toEqual(['other', 'other', 'other']);
    expect(roles(5, 5, 3, null)).toEqual(['other', 'idle', 'idle']);
    expect(roles(4, 5, 4, 3)).toEqual(['other', 'slowest', 'idle']);
    expect(roles(2 ** 63, 2 ** 63, 3)).toEqual(['other', 'idle']);
  });
});

describe('the drawing', () => {
  const long = chart({
    records: Array.from({ length: 40 }, (_, index) => record(index * 15, index * 1_000)),
    samples: [{ atMs: 40_000, watermarkMs: NOON + 575_000 }],
  });

  test('shows the newest windows: three on a phone, up to six elsewhere, earlier ones on request', () => {
    const minutes = (width: number, endMs: number | null) => {
      const { fromMs, toMs, earlier, later } = chartView(long, { width, endMs, nowMs: 40_000 });
      return [(fromMs - NOON) / 60_000, (toMs - NOON) / 60_000, earlier, later];
    };
    expect(minutes(390, null)).toEqual([7, 10, true, false]);
    expect(minutes(700, null)).toEqual([4, 10, true, false]);
    expect(minutes(390, NOON + 300_000)).toEqual([2, 5, true, true]);
    expect(minutes(390, NOON)).toEqual([0, 3, false, true]);
  });

  test('has at least four minutes across, three on a phone, however little has arrived and whatever the windows are', () => {
    const specs = [null, 10, 60, 90, 300].map((sizeS) =>
      sizeS === null ? null : { ...MINUTE, sizeMs: sizeS * 1_000, stepMs: sizeS * 1_000 },
    );
    for (const window of specs)
      for (const length of [1, 3, 20, 90]) {
        const records = Array.from({ length }, (_, index) => record(index * 7, index * 1_000));
        const drawn = chart({ records, window });
        for (const [width, least] of [
          [390, 180_000],
          [700, 240_000],
          [1_100, 240_000],
        ] as const) {
          const view = chartView(drawn, { width, endMs: null, nowMs: 90_000 });
          expect(view.toMs - view.fromMs, `${window?.sizeMs} ${length} ${width}`).toBeGreaterThanOrEqual(least);
          const newest = Math.max(...drawn.points.map(({ eventMs }) => eventMs));
          expect(view.fromMs <= newest && newest < view.toMs).toBe(true);
          const labels = eventMarks(view).filter(({ label }) => label !== null);
          expect(labels.length, `${window?.sizeMs} ${length} ${width}`).toBeLessThanOrEqual(7);
          expect(labels.length).toBeGreaterThan(0);
        }
        const phone = chartView(drawn, { width: 390, endMs: null, nowMs: 90_000 });
        if (!window || window.sizeMs <= 60_000) expect(phone.toMs - phone.fromMs).toBe(180_000);
      }
  });

  test('keeps records from before the run in a band above its start, and time below', () => {
    const mixed = chart({ records: [record(1, -3), record(2, -2), record(3, 0), record(4, 10_000)] });
    const view = chartView(mixed, { width: 600, endMs: null, nowMs: 10_000 });
    const scale = chartScale(view, { width: 600, height: 400 });
    const ys = mixed.points.map(({ arrival }) => Math.round(scale.y(arrival)));
    expect(ys).toEqual([75, 161, 204, 376]);
    expect(scale.startY).toBe(204);
    expect(arrivalMarks(view, scale).map(({ label }) => label)).toEqual(['0:00', '0:05']);
  });

  test('does not spend its height on a time in which nothing arrives', () => {
    const view = chartView(long, { width: 600, endMs: null, nowMs: 500_000 });
    expect([view.endMs, view.quietSince]).toEqual([49_000, 39_000]);
  });

  test('marks the axis once per window, with small marks between', () => {
    const marks = eventMarks(chartView(long, { width: 390, endMs: null, nowMs: 0 }));
    expect(marks).toHaveLength(19);
    expect(marks.flatMap(({ label }) => label ?? [])).toEqual(['12:07', '12:08', '12:09']);
  });

  test('draws the watermark from the left edge, clipped to the visible part', () => {
    const view = chartView(long, { width: 600, endMs: null, nowMs: 40_000 });
    const path = watermarkPath(long.watermark, view, chartScale(view, { width: 600, height: 400 }));
    expect(path).toMatch(/^M64 32H64V32H64/);
    expect(path).toMatch(/V376$/);
  });
});

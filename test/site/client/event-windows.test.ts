import { describe, expect, test } from 'vitest';
import { createRandom } from '#sandbox/generators/random.ts';
import type { EventPoint } from '../../../site/src/client/event-point.ts';
import { type EventWindow, eventWindows } from '../../../site/src/client/event-windows.ts';
import { lateWords } from '../../../site/src/client/late-words.ts';
import { readSqlText } from '../../../site/src/client/sql-text.ts';
import type { WatermarkStep } from '../../../site/src/client/watermark-line.ts';
import type { WindowSpec } from '../../../site/src/client/window-spec.ts';

const SECOND = 1_000;
const SPECS: Record<string, WindowSpec> = {
  tumble: { kind: 'tumble', sizeMs: 10 * SECOND, stepMs: 10 * SECOND, offsetMs: 0, column: 'at', keys: [] },
  shifted: { kind: 'tumble', sizeMs: 10 * SECOND, stepMs: 10 * SECOND, offsetMs: -3 * SECOND, column: 'at', keys: [] },
  hop: { kind: 'hop', sizeMs: 15 * SECOND, stepMs: 5 * SECOND, offsetMs: 0, column: 'at', keys: [] },
  cumulate: { kind: 'cumulate', sizeMs: 20 * SECOND, stepMs: 5 * SECOND, offsetMs: 0, column: 'at', keys: [] },
  session: { kind: 'session', sizeMs: 6 * SECOND, stepMs: 0, offsetMs: 0, column: 'at', keys: ['who'] },
};
const SEEDS = Array.from({ length: 150 }, (_, seed) => seed);

interface Given {
  points: EventPoint[];
  watermark: WatermarkStep[];
}

/** Records out of order, and a watermark that follows the newest by some seconds, after some of them. */
function given(seed: number): Given {
  const random = createRandom(seed, 'windows');
  const delay = random.int(0, 12) * SECOND;
  const watermark: WatermarkStep[] = [];
  let newest = 0;
  const points = Array.from({ length: random.int(1, 60) }, (_, place): EventPoint => {
    const arrival = place * 100;
    const eventMs = Math.max(0, (place - random.int(0, random.pick([2, 6, 25]))) * random.pick([500, SECOND]));
    newest = Math.max(newest, eventMs);
    if (random.int(1, 3) === 1 && newest - delay > (watermark.at(-1)?.watermarkMs ?? 0)) {
      watermark.push({ arrival, watermarkMs: newest - delay - random.int(0, 1) });
    }
    const value = JSON.stringify({ who: random.pick(['a', 'b']) });
    const record = {
      ...{ partition: 0, offset: String(place), key: null, value, headers: [] },
      timestampMs: 0,
      arrivedAt: 0,
      identity: null,
    };
    return { record, eventMs, arrival };
  });
  return { points, watermark };
}

const whoOf = ({ record }: EventPoint) => JSON.parse(record.value ?? '{}').who;
const closedBefore = ({ watermark }: Given, endMs: number, arrival: number) =>
  watermark.some((step) => step.watermarkMs >= endMs - 1 && step.arrival < arrival);

/** All windows of a kind that an event is in, found by trying every bound. */
function inside(eventMs: number, { kind, sizeMs, stepMs, offsetMs }: WindowSpec): { startMs: number; endMs: number }[] {
  const bounds = Array.from({ length: 80 }, (_, place) => (place - 20) * 5 * SECOND + offsetMs).filter(
    (at) => (at - offsetMs) % stepMs === 0,
  );
  const all = bounds.flatMap((startMs) => {
    if (kind === 'cumulate' && (startMs - offsetMs) % sizeMs !== 0) return [];
    const lengths = kind === 'cumulate' ? Array.from({ length: sizeMs / stepMs }, (_, n) => (n + 1) * stepMs) : [sizeMs];
    return lengths.map((length) => ({ startMs, endMs: startMs + length }));
  });
  return all.filter(({ startMs, endMs }) => startMs <= eventMs && eventMs < endMs);
}

/** Plays records and watermarks one by one, as Flink's operator of session windows does. */
function playedSessions({ points, watermark }: Given, gapMs: number) {
  const open: { key: string; startMs: number; endMs: number; rows: number }[] = [];
  const closed: Omit<EventWindow, 'closedAt'>[] = [];
  const late: EventPoint[] = [];
  let now = Number.NEGATIVE_INFINITY;
  for (const point of points) {
    const key = whoOf(point);
    let merged = { key, startMs: point.eventMs, endMs: point.eventMs + gapMs, rows: 1 };
    const joins = open.filter((one) => one.key === key && one.startMs <= merged.endMs && one.endMs >= merged.startMs);
    for (const one of joins) {
      merged = {
        ...{ key, startMs: Math.min(merged.startMs, one.startMs), endMs: Math.max(merged.endMs, one.endMs) },
        rows: merged.rows + one.rows,
      };
    }
    if (merged.endMs - 1 <= now) late.push(point);
    else {
      for (const one of joins) open.splice(open.indexOf(one), 1);
      open.push(merged);
    }
    for (const step of watermark.filter(({ arrival }) => arrival === point.arrival)) {
      now = step.watermarkMs;
      for (const one of open.filter(({ endMs }) => endMs - 1 <= now)) {
        open.splice(open.indexOf(one), 1);
        closed.push(one);
      }
    }
  }
  return { open, closed, late };
}

describe('the windows of records', () => {
  test.each(['tumble', 'shifted', 'hop', 'cumulate'])('of %s hold what came before the watermark reached their end', (name) => {
    const spec = SPECS[name]!;
    for (const seed of SEEDS) {
      const all = given(seed);
      const { windows, points } = eventWindows(all.points, all.watermark, spec);
      const expected = new Map<string, number>();
      for (const point of all.points)
        for (const { startMs, endMs } of inside(point.eventMs, spec)) {
          const counts = closedBefore(all, endMs, point.arrival) ? 0 : 1;
          expected.set(`${startMs} ${endMs}`, (expected.get(`${startMs} ${endMs}`) ?? 0) + counts);
        }
      expect(
        Object.fromEntries(windows.map(({ startMs, endMs, rows }) => [`${startMs} ${endMs}`, rows])),
        `seed ${seed}`,
      ).toEqual(Object.fromEntries(expected));
      expect(
        points.filter(({ lateAfter }) => lateAfter !== null).map(({ record }) => record.offset),
        `seed ${seed}`,
      ).toEqual(
        all.points
          .filter((point) => inside(point.eventMs, spec).every(({ endMs }) => closedBefore(all, endMs, point.arrival)))
          .map(({ record }) => record.offset),
      );
    }
  });

  test('of sessions are those that Flink builds, and late is what it drops', () => {
    for (const seed of SEEDS) {
      const all = given(seed);
      const { windows, points } = eventWindows(all.points, all.watermark, SPECS.session!);
      const played = playedSessions(all, SPECS.session!.sizeMs);
      const named = (one: Omit<EventWindow, 'closedAt'>) => `${one.key} ${one.startMs} ${one.endMs} ${one.rows}`;
      const of = (isOpen: boolean) => windows.filter(({ closedAt }) => (closedAt === null) === isOpen).map(named);
      expect(of(true).sort(), `seed ${seed}`).toEqual(played.open.map(named).sort());
      expect(of(false).sort(), `seed ${seed}`).toEqual(played.closed.map(named).sort());
      expect(
        points.filter(({ lateAfter }) => lateAfter !== null).map(({ record }) => record.offset),
        `seed ${seed}`,
      ).toEqual(played.late.map(({ record }) => record.offset));
    }
  });

  test.each(Object.keys(SPECS))(
    'of %s: a late record lies under the floor that it is late for, and waits for nothing',
    (name) => {
      for (const seed of SEEDS) {
        const { points, watermark } = given(seed);
        const windowed = eventWindows(points, watermark, SPECS[name]!);
        for (const { lateAfter, arrival, waits } of windowed.points.filter((point) => point.lateAfter !== null)) {
          expect(arrival, `seed ${seed}`).toBeGreaterThan(lateAfter!);
          expect(waits, `seed ${seed}`).toBe(false);
        }
        const open = windowed.windows.some(({ closedAt }) => closedAt === null);
        expect(
          windowed.points.some(({ waits }) => waits),
          `seed ${seed}`,
        ).toBe(open);
      }
    },
  );
});

test('a late record is named with the time since its window closed, or with the records read since', () => {
  expect([
    lateWords({ arrival: 9_500, lateAfter: 3_500 }),
    lateWords({ arrival: 700, lateAfter: 300 }),
    lateWords({ arrival: 4_000, lateAfter: -7 }),
    lateWords({ arrival: -3, lateAfter: -7 }),
    lateWords({ arrival: 4, lateAfter: null }),
  ]).toEqual(['6 s', '400 ms', '4 s', '4 records', '']);
});

describe('the window of the SQL', () => {
  const of = (sql: string) => {
    const window = readSqlText([sql]).window;
    return (
      window && [
        window.kind,
        window.sizeMs / SECOND,
        window.stepMs / SECOND,
        window.offsetMs / SECOND,
        window.column,
        ...window.keys,
      ]
    );
  };
  const T = 'TABLE rides, DESCRIPTOR(at)';
  test.each([
    [`TABLE(TUMBLE(${T}, INTERVAL '1' MINUTE))`, ['tumble', 60, 60, 0, 'at']],
    [`TUMBLE(${T}, INTERVAL '1' HOURS, INTERVAL '10' MINUTES)`, ['tumble', 3600, 3600, 600, 'at']],
    ["TUMBLE(DATA => TABLE rides, TIMECOL => DESCRIPTOR(`at`), SIZE => INTERVAL '10' SECOND)", ['tumble', 10, 10, 0, 'at']],
    [`hop(${T}, INTERVAL '5' SECOND, INTERVAL '1' MINUTE)`, ['hop', 60, 5, 0, 'at']],
    [
      `HOP(DATA => ${T.replace(', ', ', TIMECOL => ')}, SIZE => INTERVAL '1' HOUR, SLIDE => INTERVAL '1' MINUTE)`,
      ['hop', 3600, 60, 0, 'at'],
    ],
    [`HOP(${T}, INTERVAL '5' SECOND, INTERVAL '12' SECOND)`, null],
    [`CUMULATE(${T}, INTERVAL '2' MINUTE, INTERVAL '10' MINUTE)`, ['cumulate', 600, 120, 0, 'at']],
    ["SESSION(TABLE rides PARTITION BY zone, DESCRIPTOR(at), INTERVAL '30' SECOND)", ['session', 30, 0, 0, 'at', 'zone']],
    [
      "SESSION(TABLE rides PARTITION BY (zone, `who`), DESCRIPTOR(at), INTERVAL '30' SECOND)",
      ['session', 30, 0, 0, 'at', 'zone', 'who'],
    ],
    [`SESSION(${T}, INTERVAL '30' SECOND)`, ['session', 30, 0, 0, 'at']],
    ["GROUP BY zone, SESSION(at, INTERVAL '30' SECOND)", ['session', 30, 0, 0, 'at', 'zone']],
    ["GROUP BY HOP(at, INTERVAL '5' SECOND, INTERVAL '10' SECOND)", ['hop', 10, 5, 0, 'at']],
    [
      "SELECT TUMBLE_END(at, INTERVAL '1' MINUTE) FROM rides GROUP BY TUMBLE(at, INTERVAL '1' MINUTE)",
      ['tumble', 60, 60, 0, 'at'],
    ],
    ["SELECT 'TUMBLE(' FROM rides", null],
    ['SELECT 1', null],
  ])('%s', (sql, expected) => {
    expect(of(sql)).toEqual(expected);
  });
});

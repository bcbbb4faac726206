import { expect, test } from 'vitest';
import { firstStraggler, latestOf, minutesOf } from '#sandbox/generators/minutes-of-readings.ts';
import { createRandom } from '#sandbox/generators/random.ts';
import { DUE_AFTER_MS, MAX_DELAY_MS, WINDOW_MS } from '#sandbox/generators/reading-times.ts';
import { type Reading, readings } from '#sandbox/generators/readings.ts';
import { parseSqlTimestamp, sqlTimestamp } from '#sandbox/generators/sql-timestamp.ts';

const SETTLED = 90;
const COUNT = 160;
const DRAWS = Array.from({ length: 100 }, (_, seed) =>
  readings.draw({ random: createRandom(seed, 'readings'), count: COUNT, settled: SETTLED, edgeCases: seed % 2 === 1 }),
);
const timesOf = (list: readonly Reading[]) => list.map(({ measured_at }) => parseSqlTimestamp(measured_at));

/** Returns the readings that one-minute windows drop when the watermark is this far behind the latest reading. */
function lostWith(delayMs: number, list: readonly Reading[]): readonly Reading[] {
  let watermark = Number.NEGATIVE_INFINITY;
  return list.filter(({ measured_at }) => {
    const time = parseSqlTimestamp(measured_at);
    const lastOfWindow = Math.floor(time / WINDOW_MS) * WINDOW_MS + WINDOW_MS - 1;
    const isLost = lastOfWindow <= watermark;
    watermark = Math.max(watermark, time - delayMs);
    return isLost;
  });
}

test('every reading lags less than 20 s, and each part has one that lags the maximum', () => {
  for (const list of DRAWS) {
    let latest = Number.NEGATIVE_INFINITY;
    const lags = timesOf(list).map((time) => {
      latest = Math.max(latest, time);
      return latest - time;
    });
    expect(Math.max(...lags)).toBe(MAX_DELAY_MS);
    expect(firstStraggler(list)).toBeLessThan(SETTLED);
    expect(firstStraggler(list.slice(SETTLED))).toBeGreaterThan(0);
  }
});

test('a delay of 20 s loses nothing, and one of 19 s already loses readings of the first part', () => {
  for (const list of DRAWS) {
    expect(lostWith(20_000, list)).toEqual([]);
    expect(lostWith(30_000, list)).toEqual([]);
    for (const delayMs of [0, 5_000, 19_000]) expect(lostWith(delayMs, list.slice(0, SETTLED))).not.toEqual([]);
  }
});

test('the readings that a watermark without delay loses leave every minute of a sensor with a reading', () => {
  for (const list of DRAWS) {
    const lost = new Set(lostWith(0, list));
    const kept = list.filter((reading) => !lost.has(reading));
    expect([...minutesOf(kept).keys()].sort()).toEqual([...minutesOf(list).keys()].sort());
  }
});

test('one sensor never measures twice in a minute, but measures in each part', () => {
  for (const list of DRAWS) {
    const bySensor = Map.groupBy(minutesOf(list).values(), ({ sensor }) => sensor);
    const rare = [...bySensor]
      .filter(([, minutes]) => minutes.every((minute) => minute.readings === 1))
      .map(([sensor]) => sensor);
    for (const part of [list.slice(0, SETTLED), list.slice(SETTLED)]) {
      expect(part.some(({ sensor }) => rare.includes(sensor))).toBe(true);
    }
  }
});

test('the settled part makes three minutes due, the later part the next three, the last of them only by its last reading', () => {
  const due = (list: readonly Reading[]) => {
    const latest = latestOf(list);
    const minutes = [...minutesOf(list).values()].filter(({ endMs }) => endMs + DUE_AFTER_MS <= latest);
    return new Set(minutes.map(({ startMs }) => startMs));
  };
  for (const list of DRAWS) {
    expect(due(list.slice(0, SETTLED)).size).toBe(3);
    expect(due(list.slice(0, -1)).size).toBe(5);
    expect(due(list).size).toBe(6);
  }
});

test("a time survives Flink's text format, with and without a fraction", () => {
  expect(sqlTimestamp(Date.UTC(2026, 2, 2, 8, 0, 4, 250))).toBe('2026-03-02 08:00:04.250');
  expect(parseSqlTimestamp('2026-03-02 08:00:00')).toBe(Date.UTC(2026, 2, 2, 8));
  expect(parseSqlTimestamp('2026-03-02 08:00:04.25')).toBe(Date.UTC(2026, 2, 2, 8, 0, 4, 250));
});

test('a reading exactly on a minute belongs to the minute that begins', () => {
  const [minute] = minutesOf([{ sensor: 's', measured_at: '2026-03-02 08:01:00.000', celsius: -18.5 }]).values();
  expect(minute).toMatchObject({ startMs: Date.UTC(2026, 2, 2, 8, 1), readings: 1, highest: -18.5 });
});

import { z } from 'zod';
import { timeCases } from './calendar.ts';
import type { Drawn, Generator } from './generator.ts';
import { drawSensors, repeatsOf, sensorDrawer, withRepeats } from './reading-sensors.ts';
import { drawReadingTimes, MAX_DELAY_MS, WINDOW_MS } from './reading-times.ts';
import { parseSqlTimestamp, sqlTimestamp } from './sql-timestamp.ts';

const readingSchema = z.strictObject({
  sensor: z.string(),
  /** Time of the measurement, `2026-03-02 08:00:04.250`. */
  measured_at: z.string(),
  celsius: z.number(),
});

export type Reading = z.infer<typeof readingSchema>;

/**
 * Sensor readings in arrival order, which differs from the order of measurement.
 *
 * The settled part fills minutes 0 to 2 and, after a gap, has three readings of minute 5. The later part continues there and
 * fills minutes 5 to 7; its last reading is measured 30 s after their end. At the turn of each minute within a part, two readings
 * need the whole delay: one measured 19.998 s after the turn, and after it one measured in the last millisecond before the turn. In each
 * part a sensor measures twice at the same time, and one reaches its highest temperature twice.
 *
 * With edge cases more sensors measure, one of them twice the same at the same time, readings are taken exactly on each turn and at the first moment of all, minute 1 begins a month
 * and minute 6 a new time on the clocks.
 */
export const readings: Generator<Reading> = {
  schema: readingSchema,
  edgeCases: {
    ...timeCases(({ measured_at }) => measured_at),
    'a sensor whose highest value is below zero': {
      fromRound: 1,
      isIn: inBoth((row) => row.every(({ celsius }) => celsius < 0)),
    },
    'a measurement exactly on a minute': {
      fromRound: 2,
      isIn: inBoth((row) => row.some(({ measured_at }) => measured_at.endsWith(':00.000'))),
    },
    'a measurement exactly on a minute, of a sensor that measured nothing in the minute before': {
      fromRound: 2,
      isIn: ({ settled }) => settled.some((reading) => opensOn(reading, settled)),
    },
    'two readings of a sensor at the same time': {
      fromRound: 1,
      isIn: inBoth((row) => new Set(row.map(({ measured_at }) => measured_at)).size < row.length),
    },
    'two readings of a sensor that are the same in everything': {
      fromRound: 2,
      isIn: inBoth((row) => new Set(row.map(({ measured_at, celsius }) => `${measured_at} ${celsius}`)).size < row.length),
    },
    'a minute in which a sensor is at its highest twice': {
      fromRound: 1,
      isIn: inBoth((row) => {
        const highest = Math.max(...row.map(({ celsius }) => celsius));
        return new Set(row.filter(({ celsius }) => celsius === highest).map(({ measured_at }) => measured_at)).size > 1;
      }),
    },
    'a reading that arrives after one measured 19.999 s later': {
      fromRound: 1,
      isIn: ({ settled, later }) => hasStraggler(settled) && hasStraggler(later),
    },
    'more than forty minutes of sensors': { fromRound: 2, isIn: ({ settled }) => rowsOf(settled).length > 40 },
  },
  draw: (options) => {
    const { random, count, settled = count, edgeCases } = options;
    const repeats = repeatsOf(edgeCases);
    const parts = drawReadingTimes(options, repeats);
    const drawSensor = sensorDrawer(random, drawSensors(random, edgeCases), settled);
    let index = 0;
    return parts.flatMap((times) => {
      const drawn = times.map((ms) => ({ ms, ...drawSensor(ms, index++) }));
      index += repeats;
      return withRepeats(drawn, random, edgeCases).map(({ ms, sensor, celsius }) => ({
        sensor,
        measured_at: sqlTimestamp(ms),
        celsius,
      }));
    });
  },
  toRecord: (reading) => ({ key: reading.sensor, value: JSON.stringify(reading) }),
};

/** Whether a reading belongs to a minute of its sensor that would not exist if minutes included their ends. */
function opensOn({ sensor, measured_at }: Reading, all: readonly Reading[]): boolean {
  const at = parseSqlTimestamp(measured_at);
  const isBefore = (ms: number) => at - WINDOW_MS <= ms && ms < at;
  const own = all.filter((other) => other.sensor === sensor);
  return at % WINDOW_MS === 0 && !own.some((other) => isBefore(parseSqlTimestamp(other.measured_at)));
}

/** Returns the readings of each sensor in each minute. */
function rowsOf(readings: readonly Reading[]): Reading[][] {
  return [...Map.groupBy(readings, ({ sensor, measured_at }) => `${sensor} ${measured_at.slice(0, 16)}`).values()];
}

function inBoth(is: (row: readonly Reading[]) => boolean) {
  return ({ settled, later }: Drawn<Reading>) => rowsOf(settled).some(is) && rowsOf(later).some(is);
}

function hasStraggler(readings: readonly Reading[]): boolean {
  let latest = Number.NEGATIVE_INFINITY;
  return readings.some(({ measured_at }) => {
    const measured = parseSqlTimestamp(measured_at);
    latest = Math.max(latest, measured);
    return latest - measured === MAX_DELAY_MS;
  });
}

import { z } from 'zod';
import type { DrawOptions, Generator } from './generator.ts';
import type { Random } from './random.ts';
import { sqlTimestamp } from './sql-timestamp.ts';

const readingSchema = z.strictObject({
  sensor: z.string(),
  /** Time of the measurement, `2026-03-02 08:00:04.250`. */
  measured_at: z.string(),
  celsius: z.number(),
});

export type Reading = z.infer<typeof readingSchema>;

/** Longest lag of a reading, in event time, behind the latest one before it: less than 20 s. */
export const MAX_DELAY_MS = 19_999;
/** A window's row is due once a reading has arrived that was measured this long after the window's end. */
export const DUE_AFTER_MS = 30_000;
export const WINDOW_MS = 60_000;

interface Arrival {
  measuredMs: number;
  arrivesMs: number;
}

const RARELY = 60; // more readings than a minute has
const FIRST_MINUTE = Date.UTC(2026, 2, 2, 8, 0, 0);
const SENSORS = ['attic', 'boiler', 'cellar', 'garage', 'hall', 'kitchen', 'office', 'roof'];
const FOREIGN_SENSORS = ['entrée', 'Kühlhaus', 'płot', 'ванна', '玄関'];

/**
 * Sensor readings in arrival order, which differs from the order of measurement.
 *
 * The settled part fills minutes 0 to 2 and, after a gap, has three readings of minute 5. The later part continues there and
 * fills minutes 5 to 7; its last reading is measured 30 s after their end. At the turn of each minute within a part, two readings
 * need the whole delay: one measured 19.998 s after the turn, and after it one measured in the last millisecond before the turn.
 */
export const readings: Generator<Reading> = {
  schema: readingSchema,
  edgeCases: {
    'a sensor whose highest value is below zero': {
      fromRound: 1,
      isIn: ({ settled }) => settled.some(({ sensor, celsius }) => sensor.startsWith('freezer') && celsius < 0),
    },
    'a measurement exactly on a minute': {
      fromRound: 2,
      isIn: ({ settled }) => settled.some(({ measured_at }) => measured_at.endsWith(':00.000')),
    },
  },
  draw: (options) => {
    const { random, count, settled = count, edgeCases } = options;
    const sensors = drawSensors(random, edgeCases);
    const times = drawSettled(options, settled);
    if (settled < count) times.push(...drawLater(options, count - settled));
    const drawSensor = sensorDrawer(random, sensors);
    return times.map((ms, index) => {
      const sensor = drawSensor(ms, index);
      return { sensor, measured_at: sqlTimestamp(ms), celsius: drawCelsius(sensor, random) };
    });
  },
  toRecord: (reading) => ({ key: reading.sensor, value: JSON.stringify(reading) }),
};

const minute = (index: number) => FIRST_MINUTE + index * WINDOW_MS;

function drawSettled(options: DrawOptions, count: number): number[] {
  const TAIL = 3;
  const filled = drawMinutes(options, { from: 0, until: 3, startMs: 0, count: count - TAIL });
  const tail = Array.from({ length: TAIL }, (_, index) => minute(5) + 4_000 + index * 7_000);
  return [...filled, ...tail];
}

function drawLater(options: DrawOptions, count: number): number[] {
  const filled = drawMinutes(options, { from: 5, until: 8, startMs: 18_500, count: count - 1 });
  return [...filled, minute(8) + DUE_AFTER_MS];
}

interface Stretch {
  /** First minute, and the minute after the last. */
  from: number;
  until: number;
  /** Offset into the first minute. */
  startMs: number;
  count: number;
}

/** Returns times measured within a stretch, in arrival order; at least one in each minute. */
function drawMinutes({ random, edgeCases }: DrawOptions, { from, until, startMs, count }: Stretch): number[] {
  const turns = Array.from({ length: until - from - 1 }, (_, index) => minute(from + index + 1));
  const pairs = turns.flatMap((turn): Arrival[] => [
    { measuredMs: turn - 1 + MAX_DELAY_MS, arrivesMs: turn - 1 + MAX_DELAY_MS },
    { measuredMs: turn - 1, arrivesMs: turn - 1 + MAX_DELAY_MS },
    ...(edgeCases ? [{ measuredMs: turn, arrivesMs: turn + random.int(0, MAX_DELAY_MS) }] : []),
  ]);
  const [start, end] = [minute(from) + startMs, minute(until) - 1_000];
  const others = Array.from({ length: count - pairs.length }, (): Arrival => {
    const measuredMs = random.int(start, end);
    return { measuredMs, arrivesMs: measuredMs + random.int(0, MAX_DELAY_MS) };
  });
  // Of two that arrive together, the later measurement goes first, so that the pair keeps its whole delay.
  const arrived = [...others, ...pairs].sort(
    (left, right) => left.arrivesMs - right.arrivesMs || right.measuredMs - left.measuredMs,
  );
  return arrived.map(({ measuredMs }) => measuredMs);
}

/** Returns the sensors; the first is a freezer, whose maximum is below zero. */
function drawSensors(random: Random, edgeCases: boolean): string[] {
  const named = random.shuffle(SENSORS).slice(0, 4);
  if (edgeCases) named.splice(0, 1, random.pick(FOREIGN_SENSORS));
  return ['freezer', ...named].map((name) => `${name}-${random.int(1, 9)}`);
}

/**
 * Returns a function that draws the sensor of each reading, in arrival order. A reading that arrives after its minute has ended
 * is from a sensor that already has a reading of that minute: losing it changes a row but removes none. The last sensor measures
 * so rarely that no minute has two of its readings, yet each part has one.
 */
function sensorDrawer(random: Random, sensors: readonly string[]): (measuredMs: number, index: number) => string {
  const [often, rare] = [sensors.slice(0, -1), sensors.at(-1) ?? 'hall'];
  const inTime = new Map<number, string[]>();
  let latestMs = 0;
  let rareFrom = 7;
  const drawInTime = (index: number, isFirst: boolean) => {
    if (index >= rareFrom && !isFirst) {
      rareFrom += RARELY;
      return rare;
    }
    return index % sensors.length === 0 ? (often[0] ?? rare) : random.pick(often);
  };
  return (measuredMs, index) => {
    const windowEndMs = Math.floor(measuredMs / WINDOW_MS + 1) * WINDOW_MS;
    const isLate = latestMs >= windowEndMs - 1; // a watermark closes a window on reaching its last millisecond
    latestMs = Math.max(latestMs, measuredMs);
    const there = inTime.get(windowEndMs) ?? [];
    if (isLate && there.length > 0) return random.pick(there);
    const sensor = drawInTime(index, there.length === 0);
    inTime.set(windowEndMs, sensor === rare ? there : [...there, sensor]);
    return sensor;
  };
}

function drawCelsius(sensor: string, random: Random): number {
  return (sensor.startsWith('freezer') ? random.int(-243, -151) : random.int(-49, 319)) / 10;
}

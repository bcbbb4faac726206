import { MAX_DELAY_MS, type Reading, WINDOW_MS } from './readings.ts';
import { parseSqlTimestamp } from './sql-timestamp.ts';

/** A sensor's readings in one minute. */
export interface SensorMinute {
  sensor: string;
  startMs: number;
  endMs: number;
  readings: number;
  highest: number;
}

/** Returns the key of a sensor's minute. */
export function minuteKey({ sensor, startMs, endMs }: Pick<SensorMinute, 'sensor' | 'startMs' | 'endMs'>): string {
  return `${sensor} ${startMs} ${endMs}`;
}

/** Returns the minutes that have readings, by `minuteKey`. A reading exactly on a minute belongs to the minute that begins. */
export function minutesOf(readings: readonly Reading[]): Map<string, SensorMinute> {
  const minutes = new Map<string, SensorMinute>();
  for (const { sensor, measured_at, celsius } of readings) {
    const startMs = Math.floor(parseSqlTimestamp(measured_at) / WINDOW_MS) * WINDOW_MS;
    const place = { sensor, startMs, endMs: startMs + WINDOW_MS };
    const found = minutes.get(minuteKey(place)) ?? { ...place, readings: 0, highest: Number.NEGATIVE_INFINITY };
    found.readings += 1;
    found.highest = Math.max(found.highest, celsius);
    minutes.set(minuteKey(place), found);
  }
  return minutes;
}

/** Returns the latest `measured_at`, in ms. */
export function latestOf(readings: readonly Reading[]): number {
  return readings.reduce((latest, { measured_at }) => Math.max(latest, parseSqlTimestamp(measured_at)), Number.NEGATIVE_INFINITY);
}

/** Returns the index of the first reading that needs the whole delay: it arrives after one measured 19.999 s later. */
export function firstStraggler(readings: readonly Reading[]): number {
  let latest = Number.NEGATIVE_INFINITY;
  return readings.findIndex(({ measured_at }) => {
    const measured = parseSqlTimestamp(measured_at);
    latest = Math.max(latest, measured);
    return latest - measured === MAX_DELAY_MS;
  });
}

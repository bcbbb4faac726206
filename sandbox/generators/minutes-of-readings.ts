import { DUE_AFTER_MS, MAX_DELAY_MS, WINDOW_MS } from './reading-times.ts';
import type { Reading } from './readings.ts';
import { parseSqlTimestamp, sqlTimestamp } from './sql-timestamp.ts';

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

/** Returns the minutes whose rows must exist once all of these readings have arrived. */
export function dueOf(readings: readonly Reading[]): SensorMinute[] {
  const latest = latestOf(readings);
  return [...minutesOf(readings).values()].filter(({ endMs }) => endMs + DUE_AFTER_MS <= latest);
}

/** Returns how many readings of each minute arrive when one has arrived that was measured after its end, by `minuteKey`. */
export function overtakenIn(readings: readonly Reading[]): Map<string, number> {
  const overtaken = new Map<string, number>();
  let latest = Number.NEGATIVE_INFINITY;
  for (const { sensor, measured_at } of readings) {
    const measured = parseSqlTimestamp(measured_at);
    const startMs = Math.floor(measured / WINDOW_MS) * WINDOW_MS;
    const key = minuteKey({ sensor, startMs, endMs: startMs + WINDOW_MS });
    // A watermark closes a window on reaching its last millisecond.
    if (latest >= startMs + WINDOW_MS - 1) overtaken.set(key, (overtaken.get(key) ?? 0) + 1);
    latest = Math.max(latest, measured);
  }
  return overtaken;
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

/** Returns what a report calls a sensor's minute. */
export function nameOf({ sensor, startMs }: Pick<SensorMinute, 'sensor' | 'startMs'>): string {
  return `${sensor} from ${sqlTimestamp(startMs).slice(0, 16)}`;
}

/** Beyond any delay and any window that a query may have. */
const FAR_LATER_MS = 400 * 24 * 60 * WINDOW_MS;

/** Returns a reading that was measured so much later that it closes every window of these. */
export function farLaterThan(readings: readonly Reading[]): Reading {
  return { sensor: 'clock', measured_at: sqlTimestamp(latestOf(readings) + FAR_LATER_MS), celsius: 0 };
}

/**
 * When things happen in a stream. Data without edge cases lie in one winter, on any day. Data with edge cases begin before that winter
 * and go on after it: the settled part crosses midnight at the end of a month, the later part crosses a change of clocks.
 */
import type { DrawOptions, EdgeCase } from './generator.ts';
import type { Random } from './random.ts';
import { parseSqlTimestamp } from './sql-timestamp.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const WINTER = { fromMs: Date.UTC(2025, 10, 10), days: 110 };
/** When clocks changed in Europe after that winter. All are past: Kafka refuses records of the future. */
const CLOCK_CHANGES = [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)];

/** Returns a full minute of that winter, in ms since 1970. */
export function drawWinterMinute(random: Random): number {
  return WINTER.fromMs + random.int(0, WINTER.days - 1) * DAY_MS + random.int(0, 24 * 60 - 1) * MINUTE_MS;
}

/** Returns the midnight that ends a month, in UTC, before that winter. */
export function drawMonthEnd(random: Random): number {
  return Date.UTC(random.int(2020, 2024), random.int(1, 12), 1);
}

/** Returns a moment after that winter at which clocks change in Europe. */
export function drawClockChange(random: Random): number {
  return random.pick(CLOCK_CHANGES);
}

/** Whole seconds from one item to the next: `[min, max]`. */
type Steps = readonly [minSeconds: number, maxSeconds: number];

/** Returns a time for each item, in order, in ms since 1970. Edge cases have half of each part on either side of what it crosses. */
export function drawTimes({ random, count, settled = count, edgeCases }: DrawOptions, steps: Steps): number[] {
  const climb = (length: number) => {
    let at = 0;
    return Array.from({ length }, () => (at += random.int(...steps) * 1000));
  };
  if (!edgeCases) {
    const start = drawWinterMinute(random);
    return climb(count).map((ms) => start + ms);
  }
  const around = (turn: number, times: readonly number[]) => {
    const middle = times[Math.floor(times.length / 2)] ?? 0;
    return times.map((ms) => turn + ms - middle);
  };
  return [...around(drawMonthEnd(random), climb(settled)), ...around(drawClockChange(random), climb(count - settled))];
}

/** Returns what every stream of round 2 crosses. */
export function timeCases<Item>(timeOf: (item: Item) => string): Record<string, EdgeCase<Item>> {
  const times = (items: readonly Item[]) => items.map((item) => parseSqlTimestamp(timeOf(item)));
  return {
    'midnight at the end of a month': {
      fromRound: 2,
      isIn: ({ settled }) => isCrossed(times(settled), times(settled).map(monthStartOf)),
    },
    'a change of clocks': { fromRound: 2, isIn: ({ later }) => isCrossed(times(later), CLOCK_CHANGES) },
    'times before and after every sample': {
      fromRound: 2,
      isIn: ({ settled, later }) =>
        times(settled.slice(0, 1)).every((ms) => ms < WINTER.fromMs) &&
        times(later).every((ms) => ms > WINTER.fromMs + (WINTER.days + 1) * DAY_MS),
    },
  };
}

/** Whether times lie on both sides of a turn, less than an hour from it. */
function isCrossed(times: readonly number[], turns: readonly number[]): boolean {
  const within = (from: number, until: number) => times.some((ms) => from <= ms && ms < until);
  return turns.some((turn) => within(turn - 60 * MINUTE_MS, turn) && within(turn, turn + 60 * MINUTE_MS));
}

function monthStartOf(ms: number): number {
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

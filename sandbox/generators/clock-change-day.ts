import type { Random } from './random.ts';

// Sundays on which Europe's clocks change at 01:00 UTC and whose end is the end of the month. All are past: Kafka refuses records of the future.
const WITH_THE_SAMPLE = ['2004-10-31', '2013-03-31', '2019-03-31', '2024-03-31'];
const WITHOUT_IT = ['2002-03-31', '2010-10-31', '2021-10-31'];

/** A Sunday on which clocks change and a month ends. */
export interface ClockChangeDay {
  /** Midnight at its beginning, in ms since 1970. */
  startsAt: number;
  clocksChangeAt: number;
  /** Midnight at its end, which is the month's. */
  monthEndsAt: number;
}

const HOUR_MS = 3_600_000;

/**
 * Draws the day around which the times of a round lie.
 *
 * @param edgeCases true from round 2, where it is another day than that of the visible sample
 */
export function drawClockChangeDay(random: Random, edgeCases: boolean): ClockChangeDay {
  const startsAt = Date.parse(random.pick(edgeCases ? WITHOUT_IT : WITH_THE_SAMPLE));
  return { startsAt, clocksChangeAt: startsAt + HOUR_MS, monthEndsAt: startsAt + 24 * HOUR_MS };
}

/** Returns whether times, as ISO texts, lie on both sides of a midnight, of a month's end and of a change of clocks of those days. */
export function crossesAll(times: readonly string[]): { midnight: boolean; monthsEnd: boolean; clockChange: boolean } {
  const both = (at: number) => times.some((time) => Date.parse(time) < at) && times.some((time) => Date.parse(time) >= at);
  const days = [...WITH_THE_SAMPLE, ...WITHOUT_IT].map((day) => Date.parse(day));
  return {
    midnight: new Set(times.map((time) => time.slice(0, 10))).size > 1,
    monthsEnd: new Set(times.map((time) => time.slice(0, 7))).size > 1,
    clockChange: days.some((startsAt) => both(startsAt + HOUR_MS)),
  };
}

import { expect, test } from 'vitest';
import { drawClockChange, drawMonthEnd, drawTimes } from '#sandbox/generators/calendar.ts';
import { createRandom } from '#sandbox/generators/random.ts';

const SEEDS = Array.from({ length: 1_000 }, (_, seed) => seed);
const timesOf = (seed: number, edgeCases: boolean) =>
  drawTimes({ random: createRandom(seed, 'times'), count: 40, settled: 30, edgeCases }, [20, 100]);
const iso = (ms: number | undefined) => new Date(ms ?? 0).toISOString();

test('times rise, and lie on many days', () => {
  const days = { true: new Set<string>(), false: new Set<string>() };
  for (const seed of SEEDS) {
    for (const edgeCases of [true, false]) {
      const times = timesOf(seed, edgeCases);
      expect(times).toEqual(times.toSorted((left, right) => left - right));
      days[`${edgeCases}`].add(iso(times[0]).slice(0, 10));
    }
  }
  expect(days.false.size).toBeGreaterThan(100);
  expect(days.true.size).toBeGreaterThan(50);
});

test('with edge cases, the settled part crosses the end of a month and the later part a change of clocks in Paris', () => {
  const hourInParis = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Paris', timeZoneName: 'shortOffset' });
  const offsetOf = (ms: number | undefined) => hourInParis.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value;
  for (const seed of SEEDS) {
    const times = timesOf(seed, true);
    expect(iso(times[0]).slice(0, 7)).not.toBe(iso(times[29]).slice(0, 7));
    expect(offsetOf(times[30])).not.toBe(offsetOf(times[39]));
  }
});

test('a month ends at midnight, and clocks change on a Sunday at one', () => {
  for (const seed of SEEDS) {
    expect(iso(drawMonthEnd(createRandom(seed, 'month')))).toMatch(/-01T00:00:00.000Z$/);
    const change = drawClockChange(createRandom(seed, 'clocks'));
    expect(new Date(change).getUTCDay()).toBe(0);
    expect(iso(change)).toMatch(/T01:00:00.000Z$/);
  }
});

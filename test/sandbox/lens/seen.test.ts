import { expect, test } from 'vitest';
import { Seen } from '#sandbox/lens/seen.ts';

const MOST = 2_000;

test('what was seen is kept in order, first and last of a long time too, in bounded room', () => {
  const seen = new Seen<{ atMs: number; what: string }>(MOST);
  for (let atMs = 1; atMs <= 5_000; atMs++) seen.add({ atMs, what: 'x'.repeat(atMs % 40) });
  const times = seen.all().map(({ atMs }) => atMs);
  expect(JSON.stringify(seen.all()).length).toBeLessThan(MOST * 1.1);
  expect(times.length).toBeGreaterThan(20);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(times.at(-1)).toBe(5_000);
  // The newer half of what is kept was thinned less than the older one.
  const middle = times[Math.floor(times.length / 2)] ?? 0;
  expect(middle).toBeGreaterThan(2_500);
});

test('a sample that alone is larger than the room is kept until the next', () => {
  const seen = new Seen<{ atMs: number; what: string }>(10);
  seen.add({ atMs: 1, what: 'x'.repeat(100) });
  expect(seen.all()).toHaveLength(1);
  seen.add({ atMs: 2, what: '' });
  expect(seen.all().map(({ atMs }) => atMs)).toEqual([2]);
});

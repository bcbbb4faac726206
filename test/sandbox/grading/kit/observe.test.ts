import { expect, test } from 'vitest';
import { observe } from '#sandbox/grading/kit/observe.ts';

const NEVER = new Promise<never>(() => undefined);

test('returns when what is waited for shows, and looks no more', async () => {
  let looks = 0;
  const isMet = async () => ++looks === 3;
  expect(await observe(isMet, { limitMs: 60_000, unless: NEVER })).toBe('met');
  expect(looks).toBe(3);
});

test('a program that has ended is looked at once more: what it showed last counts', async () => {
  const ended = Promise.withResolvers<void>();
  const isMet = async () => {
    ended.resolve();
    return false;
  };
  expect(await observe(isMet, { limitMs: 60_000, unless: ended.promise })).toBe('ended');
  let hasEnded = false;
  const last = async () => {
    const shows = hasEnded;
    hasEnded = true;
    return shows;
  };
  expect(await observe(last, { limitMs: 60_000, unless: Promise.resolve() })).toBe('met');
});

test('a program that ends with a fault of ours has ended', async () => {
  expect(await observe(async () => false, { limitMs: 60_000, unless: Promise.reject(new Error('lost')) })).toBe('ended');
});

test('is late when the time is over', async () => {
  expect(await observe(async () => false, { limitMs: 0, unless: NEVER })).toBe('late');
});

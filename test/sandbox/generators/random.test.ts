import { expect, test } from 'vitest';
import { createRandom } from '#sandbox/generators/random.ts';

const draws = (seed: number, label: string) => {
  const random = createRandom(seed, label);
  return Array.from({ length: 20 }, () => random.int(0, 1_000_000));
};

test('the same seed and label give the same draws; a different seed or label gives different ones', () => {
  expect(draws(7, 'a')).toEqual(draws(7, 'a'));
  expect(draws(7, 'a')).not.toEqual(draws(8, 'a'));
  expect(draws(7, 'a')).not.toEqual(draws(7, 'b'));
});

test('whole numbers stay within their bounds and reach both', () => {
  const random = createRandom(3, 'bounds');
  const drawn = new Set(Array.from({ length: 500 }, () => random.int(3, 7)));
  expect([...drawn].sort()).toEqual([3, 4, 5, 6, 7]);
});

test('a shuffle keeps every item', () => {
  const items = Array.from({ length: 50 }, (_, index) => index);
  const shuffled = createRandom(5, 'shuffle').shuffle(items);
  expect(shuffled).not.toEqual(items);
  expect(shuffled.toSorted((left, right) => left - right)).toEqual(items);
});

test('rejects a pick from an empty list', () => {
  expect(() => createRandom(1, 'x').pick([])).toThrow(RangeError);
});

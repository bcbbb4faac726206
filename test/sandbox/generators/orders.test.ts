import { expect, test } from 'vitest';
import { itemsOf } from '#sandbox/generators/generator.ts';
import { orders } from '#sandbox/generators/orders.ts';
import { createRandom } from '#sandbox/generators/random.ts';

const SEEDS = Array.from({ length: 500 }, (_, seed) => seed);
const draw = (seed: number, { count = 32, edgeCases = false } = {}) =>
  orders.draw({ random: createRandom(seed, 'orders'), count, edgeCases });

test('every draw has unique ids and is sorted neither by id nor by clock', () => {
  for (const seed of SEEDS) {
    const drawn = draw(seed);
    expect(new Set(drawn.map(({ id }) => id)).size).toBe(32);
    for (const field of ['id', 'placedAt'] as const) {
      const texts = drawn.map((order) => order[field]);
      expect(texts, `seed ${seed}`).not.toEqual(texts.toSorted());
      expect(texts, `seed ${seed}`).not.toEqual(texts.toSorted().toReversed());
    }
  }
});

test('edge cases always contain a name that Latin-1 cannot encode; the sample never does', () => {
  const damaged = (edgeCases: boolean) => (seed: number) =>
    draw(seed, { edgeCases }).some((order) => {
      const text = JSON.stringify(order);
      return Buffer.from(text, 'latin1').toString('utf8') !== text;
    });
  expect(SEEDS.every(damaged(true))).toBe(true);
  expect(SEEDS.some(damaged(false))).toBe(false);
});

test('an order survives a round trip through JSON and its schema', () => {
  const drawn = draw(9, { edgeCases: true });
  expect(itemsOf(orders, JSON.parse(JSON.stringify(drawn)))).toEqual(drawn);
});

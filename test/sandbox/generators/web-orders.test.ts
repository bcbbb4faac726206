import { expect, test } from 'vitest';
import { itemsOf } from '#sandbox/generators/generator.ts';
import { createRandom } from '#sandbox/generators/random.ts';
import { LARGE_ORDER_CENTS, type WebOrder, webOrders } from '#sandbox/generators/web-orders.ts';

const COUNT = 56;
const SETTLED = 36;
const draw = (seed: number, edgeCases: boolean) =>
  webOrders.draw({ random: createRandom(seed, 'orders'), count: COUNT, settled: SETTLED, edgeCases });
const SEEDS = Array.from({ length: 100 }, (_, seed) => seed);
const isLarge = ({ total_cents }: WebOrder) => Number(total_cents) >= LARGE_ORDER_CENTS;

test('both parts contain large and small orders, and the last order of each is large', () => {
  for (const seed of SEEDS) {
    const orders = draw(seed, seed % 2 === 1);
    expect(orders).toHaveLength(COUNT);
    expect(new Set(orders.map(({ id }) => id)).size).toBe(COUNT);
    for (const part of [orders.slice(0, SETTLED), orders.slice(SETTLED)]) {
      expect(part.filter(isLarge).length).toBeGreaterThan(2);
      expect(part.every(isLarge)).toBe(false);
      expect(part.slice(-1).every(isLarge)).toBe(true);
    }
  }
});

test('edge cases are at the limit, one cent below it and beyond 32 bits; the sample has none near the limit', () => {
  const near = [LARGE_ORDER_CENTS, LARGE_ORDER_CENTS - 1];
  for (const seed of SEEDS) {
    const totals = draw(seed, true)
      .slice(0, SETTLED)
      .map(({ total_cents }) => total_cents);
    expect(totals).toEqual(expect.arrayContaining(near));
    expect(totals.some((total) => Number(total) >= 2 ** 31)).toBe(true);
    expect(draw(seed, false).some(({ total_cents }) => near.includes(total_cents ?? 0))).toBe(false);
  }
});

test('an order survives a round trip through JSON and its schema', () => {
  const drawn = draw(9, true);
  expect(itemsOf(webOrders, JSON.parse(JSON.stringify(drawn)))).toEqual(drawn);
});

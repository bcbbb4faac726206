import { expect, test } from 'vitest';
import { type Payment, payments, REGULAR_FROM_CENTS } from '#sandbox/generators/payments.ts';
import { createRandom } from '#sandbox/generators/random.ts';

const SETTLED = 56;
const COUNT = 80;
const draw = (seed: number, edgeCases: boolean) =>
  payments.draw({ random: createRandom(seed, 'payments'), count: COUNT, settled: SETTLED, edgeCases });
const SEEDS = Array.from({ length: 100 }, (_, seed) => seed);

type Sign = (payment: Payment) => number;
const net: Sign = ({ kind, amount_cents }) => (kind === 'refund' ? -amount_cents : amount_cents);
const gross: Sign = ({ kind, amount_cents }) => (kind === 'refund' ? 0 : amount_cents);

function regulars(list: readonly Payment[], sign: Sign = net): Map<string, number> {
  const totals = new Map<string, number>();
  for (const one of list) totals.set(one.customer, (totals.get(one.customer) ?? 0) + sign(one));
  return new Map([...totals].filter(([, total]) => total >= REGULAR_FROM_CENTS));
}

test('a draw has the requested number of payments, in order of time', () => {
  for (const seed of SEEDS) {
    const drawn = draw(seed, seed % 2 === 1);
    expect(drawn).toHaveLength(COUNT);
    expect(drawn.map(({ paid_at }) => paid_at)).toEqual(drawn.map(({ paid_at }) => paid_at).toSorted());
    expect(drawn.every(({ amount_cents }) => amount_cents > 0)).toBe(true);
  }
});

test('ignoring refunds changes the total of a regular customer and makes more customers regular', () => {
  for (const seed of SEEDS) {
    const list = draw(seed, seed % 2 === 1).slice(0, SETTLED);
    const [right, wrong] = [regulars(list), regulars(list, gross)];
    expect([...right].some(([customer, total]) => wrong.get(customer) !== total)).toBe(true);
    expect([...wrong.keys()].some((customer) => !right.has(customer))).toBe(true);
  }
});

test('later payments bring customers in, take one out, and change the total of one who stays', () => {
  for (const seed of SEEDS) {
    const list = draw(seed, seed % 2 === 1);
    const [before, after] = [regulars(list.slice(0, SETTLED)), regulars(list)];
    expect([...before.keys()].filter((customer) => !after.has(customer))).toHaveLength(1);
    expect([...after.keys()].filter((customer) => !before.has(customer)).length).toBeGreaterThan(2);
    expect([...before].some(([customer, total]) => after.has(customer) && after.get(customer) !== total)).toBe(true);
  }
});

test('edge cases have a customer exactly at the limit, one a cent below and one at zero', () => {
  for (const seed of SEEDS) {
    const totals = new Map<string, number>();
    for (const one of draw(seed, true).slice(0, SETTLED)) totals.set(one.customer, (totals.get(one.customer) ?? 0) + net(one));
    expect([...totals.values()]).toEqual(expect.arrayContaining([REGULAR_FROM_CENTS, REGULAR_FROM_CENTS - 1, 0]));
  }
});

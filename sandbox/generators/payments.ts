import { z } from 'zod';
import { drawTimes, timeCases } from './calendar.ts';
import type { Generator } from './generator.ts';
import { drawStories, PAID_AT_ONCE } from './payment-stories.ts';
import type { Random } from './random.ts';
import { sqlTimestamp } from './sql-timestamp.ts';
import { haveTwins } from './twins.ts';

const paymentSchema = z.strictObject({
  id: z.string(),
  customer: z.string(),
  kind: z.enum(['order', 'refund']),
  /** Always positive: `kind` says which way the money went. */
  amount_cents: z.number().int().positive(),
  paid_at: z.string(),
});

export type Payment = z.infer<typeof paymentSchema>;

/** Lowest revenue with which a customer appears in the table. */
export const REGULAR_FROM_CENTS = 5_000;

/**
 * Orders and refunds of customers: some reach the limit in small steps, some with one order, some with two equal ones, some never, one of
 * them only if refunds are left out; some fall below it again, one of them only if equal refunds count each, and one returns. In the
 * later part, one refund takes a customer below the limit, customers reach it, two of them again, and old totals change after the first
 * `PAID_AT_ONCE` payments.
 *
 * With edge cases there are more than forty regular customers, two of whom differ only outside ASCII, and customers who end exactly at the
 * limit, one cent below it, and at zero, and one whose revenue is larger than 32 bits can hold. Needs at least 40 items, 140 with edge cases, and at least 24 in a later part.
 */
export const payments: Generator<Payment> = {
  schema: paymentSchema,
  edgeCases: {
    ...timeCases(({ paid_at }) => paid_at),
    'a customer exactly at the limit': { fromRound: 2, isIn: ({ settled }) => revenuesOf(settled).includes(REGULAR_FROM_CENTS) },
    'a customer one cent below it': { fromRound: 2, isIn: ({ settled }) => revenuesOf(settled).includes(REGULAR_FROM_CENTS - 1) },
    'a customer whose revenue is zero': { fromRound: 2, isIn: ({ settled }) => revenuesOf(settled).includes(0) },
    'a customer whose revenue is larger than 32 bits can hold': {
      fromRound: 2,
      isIn: ({ settled }) => revenuesOf(settled).some((cents) => cents > 2 ** 31 - 1),
    },
    'more than forty regular customers': {
      fromRound: 2,
      isIn: ({ settled }) => revenuesOf(settled).filter(isRegular).length > 40,
    },
    'regular customers who differ only outside ASCII': {
      fromRound: 2,
      isIn: ({ settled }) => haveTwins([...revenueOf(settled)].filter(([, cents]) => isRegular(cents)).map(([name]) => name)),
    },
    'a customer who reaches the limit only by equal payments': {
      fromRound: 1,
      isIn: ({ settled }) => {
        const distinct = revenueOf(settled, { distinct: true });
        return [...revenueOf(settled)].some(([customer, cents]) => isRegular(cents) && !isRegular(distinct.get(customer) ?? 0));
      },
    },
    'a customer who leaves only by equal refunds': {
      fromRound: 1,
      isIn: ({ settled }) => {
        const distinct = revenueOf(settled, { distinct: true });
        return [...revenueOf(settled)].some(([customer, cents]) => !isRegular(cents) && isRegular(distinct.get(customer) ?? 0));
      },
    },
    'a customer who never is regular, but for refunds': {
      fromRound: 1,
      isIn: ({ settled }) => {
        const orders = revenueOf(settled.filter(({ kind }) => kind === 'order'));
        const ever = regularsAtAnyTime(settled);
        return [...orders].some(([customer, cents]) => isRegular(cents) && !ever.has(customer));
      },
    },
    'a customer who falls below the limit and returns': {
      fromRound: 1,
      isIn: ({ settled, later }) => {
        const [before, after] = [revenueOf(settled), revenueOf([...settled, ...later])];
        const ever = regularsAtAnyTime(settled);
        return [...after].some(([name, cents]) => isRegular(cents) && ever.has(name) && !isRegular(before.get(name) ?? 0));
      },
    },
    'old revenues that change after a pause, by little': {
      fromRound: 1,
      isIn: ({ settled, later }) => {
        const atOnce = new Set(later.slice(0, PAID_AT_ONCE).map(({ customer }) => customer));
        const before = revenueOf(settled);
        const change = revenueOf(later.slice(PAID_AT_ONCE));
        const small = [...change].filter(([name, cents]) => !atOnce.has(name) && cents < REGULAR_FROM_CENTS);
        return small.filter(([name]) => isRegular(before.get(name) ?? 0)).length > 1;
      },
    },
  },
  draw: (options) => {
    const stories = drawStories(options);
    const ids = drawIds(options.random, options.count);
    const times = drawTimes(options, [20, 1_200]);
    return stories.map(([customer, amount], index) => {
      const kind = amount < 0 ? 'refund' : 'order';
      const paid_at = sqlTimestamp(times[index] ?? 0);
      return { id: ids[index] ?? '', customer, kind, amount_cents: Math.abs(amount), paid_at };
    });
  },
  toRecord: (payment) => ({ key: payment.customer, value: JSON.stringify(payment) }),
};

const isRegular = (cents: number) => cents >= REGULAR_FROM_CENTS;

/** Returns orders less refunds by customer; where `distinct`, a customer's equal payments count once. */
function revenueOf(payments: readonly Payment[], { distinct = false } = {}): Map<string, number> {
  const revenues = new Map<string, number>();
  const counted = distinct
    ? new Map(payments.map((one) => [`${one.customer} ${one.kind} ${one.amount_cents}`, one])).values()
    : payments;
  for (const { customer, kind, amount_cents } of counted) {
    revenues.set(customer, (revenues.get(customer) ?? 0) + (kind === 'refund' ? -amount_cents : amount_cents));
  }
  return revenues;
}

const revenuesOf = (payments: readonly Payment[]) => [...revenueOf(payments).values()];

function regularsAtAnyTime(payments: readonly Payment[]): Set<string> {
  const revenues = new Map<string, number>();
  const regulars = payments.filter(({ customer, kind, amount_cents }) => {
    revenues.set(customer, (revenues.get(customer) ?? 0) + (kind === 'refund' ? -amount_cents : amount_cents));
    return isRegular(revenues.get(customer) ?? 0);
  });
  return new Set(regulars.map(({ customer }) => customer));
}

function drawIds(random: Random, count: number): string[] {
  const ids = new Set<string>();
  while (ids.size < count) ids.add(`p-${random.int(0x10000, 0xfffff).toString(16)}`);
  return [...ids];
}

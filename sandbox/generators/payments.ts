import { z } from 'zod';
import type { DrawOptions, Generator } from './generator.ts';
import { drawForeignName, drawName } from './people.ts';
import type { Random } from './random.ts';
import { sqlTimestamp } from './sql-timestamp.ts';

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

/** A customer and their amounts in order; refunds are negative. */
type Story = readonly [customer: string, ...amounts: number[]];

const FIRST_PAYMENT_AT = Date.UTC(2026, 2, 2, 9, 0, 0);

/**
 * Orders and refunds of customers: some reach the limit in small steps, some with one order, some never; some fall below it
 * again, and one returns. In the later part, one refund takes a customer below the limit and three customers reach it. Edge cases
 * end exactly at the limit, one cent below it, and at zero. Needs at least 36 items, and at least 8 in a later part.
 */
export const payments: Generator<Payment> = {
  schema: paymentSchema,
  edgeCases: {
    'a customer exactly at the limit': { fromRound: 2, isIn: ({ settled }) => revenuesOf(settled).includes(REGULAR_FROM_CENTS) },
    'a customer one cent below it': { fromRound: 2, isIn: ({ settled }) => revenuesOf(settled).includes(REGULAR_FROM_CENTS - 1) },
    'a customer whose revenue is zero': { fromRound: 2, isIn: ({ settled }) => revenuesOf(settled).includes(0) },
  },
  draw: (options) => {
    const { random, count, settled = count, edgeCases } = options;
    const names = drawNames(random, edgeCases);
    const before = fill(settledStories(names, options), { random, count: settled, name: names.steady });
    const later = settled < count ? laterStories(names, { random, before }) : [];
    const after = fill(later, { random, count: count - settled, name: names.steady });
    const ids = drawIds(random, count);
    let clock = FIRST_PAYMENT_AT;
    return [...interleave(before, random), ...interleave(after, random)].map(([customer, amount], index) => {
      clock += random.int(4, 21) * 1000;
      const kind = amount < 0 ? 'refund' : 'order';
      return { id: ids[index] ?? '', customer, kind, amount_cents: Math.abs(amount), paid_at: sqlTimestamp(clock) };
    });
  },
  toRecord: (payment) => ({ key: payment.customer, value: JSON.stringify(payment) }),
};

function revenuesOf(payments: readonly Payment[]): number[] {
  const revenues = new Map<string, number>();
  for (const { customer, kind, amount_cents } of payments) {
    revenues.set(customer, (revenues.get(customer) ?? 0) + (kind === 'refund' ? -amount_cents : amount_cents));
  }
  return [...revenues.values()];
}

type Names = ReturnType<typeof drawNames>;

function drawNames(random: Random, edgeCases: boolean) {
  const all = new Set<string>();
  if (edgeCases) all.add(drawForeignName(random)).add(drawForeignName(random)).add(drawForeignName(random));
  while (all.size < 14) all.add(drawName(random, false));
  const [steady = '', leaver = '', big = '', never = '', small = '', gone = '', lost = '', back = '', trimmed = '', ...rest] = [
    ...all,
  ];
  const [exact = '', below = '', emptied = '', newcomer = ''] = rest;
  return { steady, leaver, big, never, small, gone, lost, back, trimmed, exact, below, emptied, newcomer };
}

function settledStories(names: Names, { random, edgeCases }: DrawOptions): Story[] {
  const steps = () => Array.from({ length: 5 }, () => random.int(1_100, 1_900));
  const stories: Story[] = [
    [names.steady, ...steps()],
    [names.leaver, ...steps()],
    [names.big, random.int(7_000, 9_500)],
    [names.never, random.int(500, 1_500), random.int(500, 1_500)],
    [names.small, random.int(900, 2_400)],
    [names.gone, 3_000 + random.int(1, 999), 2_500 + random.int(1, 999), -random.int(3_100, 4_000)],
    [names.lost, 6_000 + random.int(1, 999), -random.int(2_100, 4_000)],
    [names.back, 5_200 + random.int(1, 999), -random.int(2_000, 4_000), 4_600 + random.int(1, 999)],
    [names.trimmed, 8_500 + random.int(1, 999), -random.int(500, 1_900)],
  ];
  if (!edgeCases) return stories;
  return [...stories, [names.exact, 3_000, 2_000], [names.below, 3_000, 1_999], [names.emptied, 6_000, -6_000]];
}

function laterStories(names: Names, { random, before }: { random: Random; before: readonly Story[] }): Story[] {
  const [, ...amounts] = before.find(([customer]) => customer === names.leaver) ?? [''];
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  return [
    [names.leaver, random.int(300, 900), -(total - random.int(500, 3_000))],
    [names.never, 5_500 + random.int(1, 999)],
    [names.gone, 4_900 + random.int(1, 999)],
    [names.newcomer, 2_600 + random.int(1, 900), 2_600 + random.int(1, 900)],
    [names.steady, random.int(300, 900)],
  ];
}

/** Adds orders of one customer until there are `count` payments. */
function fill(stories: readonly Story[], { random, count, name }: { random: Random; count: number; name: string }): Story[] {
  const missing = count - stories.reduce((sum, story) => sum + story.length - 1, 0);
  const more = Array.from({ length: Math.max(0, missing) }, () => random.int(300, 1_400));
  return [...stories, [name, ...more]];
}

/** Returns all payments shuffled together, each customer's still in order. */
function interleave(stories: readonly Story[], random: Random): [customer: string, amount: number][] {
  const turns = random.shuffle(stories.flatMap(([, ...amounts], story) => amounts.map(() => story)));
  const told = stories.map(() => 0);
  return turns.map((turn) => {
    const [customer = '', ...amounts] = stories[turn] ?? [''];
    const amount = amounts[told[turn] ?? 0] ?? 0;
    told[turn] = (told[turn] ?? 0) + 1;
    return [customer, amount];
  });
}

function drawIds(random: Random, count: number): string[] {
  const ids = new Set<string>();
  while (ids.size < count) ids.add(`p-${random.int(0x10000, 0xfffff).toString(16)}`);
  return [...ids];
}

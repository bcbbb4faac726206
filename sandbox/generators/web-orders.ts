import { z } from 'zod';
import type { DrawOptions, Generator } from './generator.ts';
import { drawForeignName, drawName } from './people.ts';
import type { Random } from './random.ts';
import { sqlTimestamp } from './sql-timestamp.ts';

const webOrderSchema = z.strictObject({
  /** Unique within a draw. */
  id: z.string(),
  customer: z.string(),
  /** In the letter case that the shop's pages used. */
  status: z.string(),
  total_cents: z.number().int(),
  placed_at: z.string(),
});

export type WebOrder = z.infer<typeof webOrderSchema>;

/** Smallest total of a large order. */
export const LARGE_ORDER_CENTS = 10_000;

const STATUSES = ['new', 'paid', 'packed', 'shipped', 'cancelled'];
const EDGE_STATUSES = ['Paid', 'SHIPPED', 'on hold', 'payment-failed'];
const FIRST_ORDER_AT = Date.UTC(2026, 2, 2, 8, 0, 0);
const CUSTOMERS = 8;

/**
 * Flat orders: a stream of one table's rows. Two in five are large. Of the later orders, the last and at least two others are
 * large. Edge cases have totals exactly at the limit, one cent below it, and beyond 32 bits.
 */
export const webOrders: Generator<WebOrder> = {
  schema: webOrderSchema,
  edgeCases: {
    'a total at the limit': { fromRound: 2, isIn: ({ settled }) => settled.some(hasTotal(LARGE_ORDER_CENTS)) },
    'a total one cent below it': { fromRound: 2, isIn: ({ settled }) => settled.some(hasTotal(LARGE_ORDER_CENTS - 1)) },
    'a total beyond 32 bits': { fromRound: 2, isIn: ({ settled }) => settled.some(({ total_cents }) => total_cents > 2 ** 31) },
    'a large order among the later ones': {
      fromRound: 1,
      isIn: ({ later }) => (later.at(-1)?.total_cents ?? 0) > LARGE_ORDER_CENTS,
    },
  },
  draw: (options) => {
    const { random, count, settled = count } = options;
    const customers = drawCustomers(options);
    const ids = drawIds(random, count);
    const totals = drawTotals(options, settled).concat(settled < count ? drawTotals(options, count - settled) : []);
    return ids.map((id, index) => ({
      id,
      customer: random.pick(customers),
      status: drawStatus(options),
      total_cents: totals[index] ?? 0,
      placed_at: sqlTimestamp(FIRST_ORDER_AT + index * 60_000 + random.int(0, 59) * 1000),
    }));
  },
  toRecord: (order) => ({ key: order.id, value: JSON.stringify(order) }),
};

const hasTotal = (cents: number) => (order: WebOrder) => order.total_cents === cents;

/** Returns the totals of a part of the stream: shuffled, the last one large. */
function drawTotals({ random, edgeCases }: DrawOptions, count: number): number[] {
  const edges = edgeCases ? [LARGE_ORDER_CENTS, LARGE_ORDER_CENTS, LARGE_ORDER_CENTS - 1, 2 ** 31 + random.int(0, 99_999)] : [];
  const large = Array.from({ length: Math.max(2, Math.floor((count * 2) / 5)) }, () => random.int(10_100, 48_999));
  const needed = Math.max(0, count - 1 - edges.length - large.length);
  const small = Array.from({ length: needed }, () => random.int(495, 9_899));
  const shuffled = random.shuffle([...edges, ...large, ...small].slice(0, count - 1));
  return [...shuffled, random.int(10_100, 48_999)];
}

function drawCustomers({ random, edgeCases }: DrawOptions): string[] {
  const customers = new Set<string>();
  if (edgeCases) customers.add(drawForeignName(random)).add(drawForeignName(random));
  while (customers.size < CUSTOMERS) customers.add(drawName(random, false));
  return [...customers];
}

function drawStatus({ random, edgeCases }: DrawOptions): string {
  return random.pick(edgeCases && random.int(1, 3) === 1 ? EDGE_STATUSES : STATUSES);
}

function drawIds(random: Random, count: number): string[] {
  const ids = new Set<string>();
  while (ids.size < count) ids.add(`w-${random.int(0x10000, 0xfffff).toString(16)}`);
  return [...ids];
}

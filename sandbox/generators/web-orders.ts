import { z } from 'zod';
import { drawTimes, timeCases } from './calendar.ts';
import type { Drawn, DrawOptions, Generator } from './generator.ts';
import { drawForeignName, drawName } from './people.ts';
import type { Random } from './random.ts';
import { sqlTimestamp } from './sql-timestamp.ts';
import { drawTwins, haveTwins } from './twins.ts';

const webOrderSchema = z.strictObject({
  /** Unique within a draw. */
  id: z.string(),
  customer: z.string(),
  /** In the letter case that the shop's pages used; null or left out where an order has none yet. */
  status: z.string().nullable().optional(),
  /** Null or left out where an order has no total yet. */
  total_cents: z.number().int().nullable().optional(),
  placed_at: z.string(),
});

export type WebOrder = z.infer<typeof webOrderSchema>;

/** Smallest total of a large order. */
export const LARGE_ORDER_CENTS = 10_000;

const STATUSES = ['new', 'paid', 'packed', 'shipped', 'cancelled'];
const EDGE_STATUSES = ['Paid', 'SHIPPED', 'reFunded', 'on hold', 'in_transit', 'payment-failed', '50% paid', 'geprüft'];
const CUSTOMERS = 8;

/**
 * Flat orders: a stream of one table's rows. Two in five are large. Of the later orders, the last and at least two others are
 * large. With edge cases each part has more large orders than small ones, and among the large: every status in use, one that is null
 * and one that is left out, totals exactly at the limit and beyond 32 bits, and two customers who differ only outside ASCII. A total
 * is one cent below the limit, one is null and one is left out.
 */
export const webOrders: Generator<WebOrder> = {
  schema: webOrderSchema,
  edgeCases: {
    ...timeCases(({ placed_at }) => placed_at),
    'a total at the limit': { fromRound: 2, isIn: hasBoth(({ total_cents }) => total_cents === LARGE_ORDER_CENTS) },
    'a total one cent below it': { fromRound: 2, isIn: hasBoth(({ total_cents }) => total_cents === LARGE_ORDER_CENTS - 1) },
    'a total beyond 32 bits': { fromRound: 2, isIn: hasBoth(({ total_cents }) => Number(total_cents) > 2 ** 32) },
    'a total that is null': { fromRound: 2, isIn: hasBoth(({ total_cents }) => total_cents === null) },
    'an order without a total': { fromRound: 2, isIn: hasBoth((order) => !('total_cents' in order)) },
    'a large order whose status is null': { fromRound: 2, isIn: hasBoth((order) => isLarge(order) && order.status === null) },
    'a large order without a status': { fromRound: 2, isIn: hasBoth((order) => isLarge(order) && !('status' in order)) },
    ...Object.fromEntries(
      EDGE_STATUSES.map((status) => [
        `a large order that is "${status}"`,
        { fromRound: 2, isIn: hasBoth((order) => isLarge(order) && order.status === status) } as const,
      ]),
    ),
    'large orders of customers who differ only outside ASCII': {
      fromRound: 2,
      isIn: ({ settled, later }) =>
        [settled, later].every((part) => haveTwins(part.filter(isLarge).map(({ customer }) => customer))),
    },
    'more than a hundred large orders': { fromRound: 2, isIn: ({ settled }) => settled.filter(isLarge).length > 100 },
    'a large order at the end of the later ones': { fromRound: 1, isIn: ({ later }) => later.slice(-1).some(isLarge) },
  },
  draw: (options) => {
    const { random, count, settled = count } = options;
    const customers = drawCustomers(options);
    const ids = drawIds(random, count);
    const times = drawTimes(options, [20, 100]);
    const parts = [settled, count - settled].filter((size) => size > 0);
    const rows = parts.flatMap((size) => drawPart({ ...options, count: size }, customers));
    return rows.map((row, index) => ({ id: ids[index] ?? '', ...row, placed_at: sqlTimestamp(times[index] ?? 0) }));
  },
  toRecord: (order) => ({ key: order.id, value: JSON.stringify(order) }),
};

const isLarge = ({ total_cents }: WebOrder) => Number(total_cents) >= LARGE_ORDER_CENTS;

/** Returns whether such an order is in both parts. */
function hasBoth(is: (order: WebOrder) => boolean) {
  return ({ settled, later }: Drawn<WebOrder>) => settled.some(is) && later.some(is);
}

type Row = Pick<WebOrder, 'customer' | 'status' | 'total_cents'>;

/** Returns a part of the stream: shuffled, the last one large. */
function drawPart({ random, count, edgeCases }: DrawOptions, customers: Customers): Row[] {
  const drawRow = (total_cents: number): Row => ({
    customer: random.pick(customers.all),
    status: random.pick(edgeCases ? [...STATUSES, ...EDGE_STATUSES] : STATUSES),
    total_cents,
  });
  const drawLarge = () => drawRow(random.int(10_100, 48_999));
  const edges = edgeCases ? edgeRows(drawLarge, customers) : [];
  const large = Array.from({ length: Math.max(2, Math.floor((count * (edgeCases ? 3 : 2)) / 5)) }, drawLarge);
  const needed = Math.max(0, count - 1 - edges.length - large.length);
  const small = Array.from({ length: needed }, () => drawRow(random.int(495, 9_899)));
  return [...random.shuffle([...edges, ...large, ...small].slice(0, count - 1)), drawLarge()];
}

function edgeRows(drawLarge: () => Row, { twins }: Customers): Row[] {
  const { status: _, ...withoutStatus } = drawLarge();
  const { total_cents: __, ...withoutTotal } = drawLarge();
  const beyond32Bits = [2 ** 31 + 1, 2 ** 32 + LARGE_ORDER_CENTS + 1, 2 ** 32 + 1, 2 ** 40 + 1];
  return [
    ...[...STATUSES, ...EDGE_STATUSES].map((status) => ({ ...drawLarge(), status })),
    ...[LARGE_ORDER_CENTS, LARGE_ORDER_CENTS, LARGE_ORDER_CENTS - 1, ...beyond32Bits].map((total_cents) => ({
      ...drawLarge(),
      total_cents,
    })),
    ...twins.map((customer) => ({ ...drawLarge(), customer })),
    { ...drawLarge(), status: null },
    { ...drawLarge(), total_cents: null },
    withoutStatus,
    withoutTotal,
  ];
}

interface Customers {
  all: readonly string[];
  /** Two who differ only outside ASCII; none without edge cases. */
  twins: readonly string[];
}

function drawCustomers({ random, edgeCases }: DrawOptions): Customers {
  const twins = edgeCases ? drawTwins(random) : [];
  const all = new Set(edgeCases ? [...twins, drawForeignName(random), drawForeignName(random)] : []);
  while (all.size < CUSTOMERS) all.add(drawName(random));
  return { all: [...all], twins };
}

function drawIds(random: Random, count: number): string[] {
  const ids = new Set<string>();
  while (ids.size < count) ids.add(`w-${random.int(0x10000, 0xfffff).toString(16)}`);
  return [...ids];
}

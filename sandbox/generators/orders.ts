import { z } from 'zod';
import type { DrawOptions, Generator } from './generator.ts';
import { drawForeignName, drawName, isBeyondLatin1 } from './people.ts';
import type { Random } from './random.ts';

const orderSchema = z.strictObject({
  /** Unique within a draw; not sorted. */
  id: z.string(),
  customer: z.string(),
  /** Time on the clock of the shop that took the order; not sorted either. */
  placedAt: z.string(),
  items: z.array(z.strictObject({ sku: z.string(), quantity: z.number(), priceCents: z.number() })),
  totalCents: z.number(),
  note: z.string().nullable(),
});

export type Order = z.infer<typeof orderSchema>;

const SKUS = [
  'bread-rye',
  'cheese-goat',
  'coffee-dark',
  'honey-lime',
  'jam-plum',
  'milk-oat',
  'olive-oil',
  'pasta-farro',
  'salt-sea',
  'tea-green',
];
const NOTES = ['leave at the door', 'ring twice', 'no bag', 'call first'];
const EDGE_NOTES = ['say "hello"', 'line one\nline two', 'C:\\gate\\2', '', '{"not":"json"}', 'crème brûlée, 2 ×', '\u2028'];
const FIRST_ORDER_AT = Date.UTC(2026, 2, 2, 8, 0, 0);

/** Orders of a web shop, sorted neither by id nor by clock. */
export const orders: Generator<Order> = {
  schema: orderSchema,
  edgeCases: {
    'a name that Latin-1 cannot write': {
      fromRound: 2,
      isIn: ({ settled }) => settled.some(({ customer }) => isBeyondLatin1(customer)),
    },
    'orders that are not sorted by their clocks': {
      fromRound: 1,
      isIn: ({ settled }) => settled.some(({ placedAt }, index) => placedAt < (settled[index - 1]?.placedAt ?? '')),
    },
  },
  draw: ({ random, count, edgeCases }) => {
    const ids = drawIds(random, count);
    const minutes = misordered(random.shuffle(Array.from({ length: count }, (_, index) => index)));
    const drawn = ids.map((id, index) => drawOrder(id, minutes[index] ?? 0, { random, count, edgeCases }));
    const foreign = drawn[random.int(0, count - 1)];
    if (edgeCases && foreign) foreign.customer = drawForeignName(random);
    return drawn;
  },
  toRecord: (order) => ({ key: order.id, value: JSON.stringify(order) }),
};

function drawOrder(id: string, minute: number, { random, edgeCases }: DrawOptions): Order {
  const items = random
    .shuffle(SKUS)
    .slice(0, random.int(1, 3))
    .map((sku) => ({ sku, quantity: random.int(1, 6), priceCents: random.int(95, 1999) }));
  return {
    id,
    customer: drawName(random, edgeCases),
    placedAt: new Date(FIRST_ORDER_AT + minute * 60_000 + random.int(0, 59) * 1000).toISOString(),
    items,
    totalCents: items.reduce((sum, { quantity, priceCents }) => sum + quantity * priceCents, 0),
    note: drawNote(random, edgeCases),
  };
}

function drawNote(random: Random, edgeCases: boolean): string | null {
  if (random.int(1, 3) > 1) return null;
  return random.pick(edgeCases ? EDGE_NOTES : NOTES);
}

function drawIds(random: Random, count: number): string[] {
  const ids = new Set<string>();
  while (ids.size < count) ids.add(`o-${random.int(0x10000, 0xfffff).toString(16)}`);
  return misordered([...ids]);
}

/** Returns the same items, never in ascending order. */
function misordered<T>(items: T[]): T[] {
  const ascending = items.every((item, index) => index === 0 || (items[index - 1] ?? item) <= item);
  return ascending ? items.toReversed() : items;
}

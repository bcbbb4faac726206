import { z } from 'zod';
import { type ClockChangeDay, crossesAll, drawClockChangeDay } from './clock-change-day.ts';
import type { DrawOptions, EdgeCase, Generator } from './generator.ts';
import { drawName, FRAGILE_NAMES, isBeyondLatin1 } from './people.ts';
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
/** Each is lost or changed by a different mistake, and all of them are in every round from the second. */
const FRAGILE_NOTES = [
  '',
  ' ',
  '  two  spaces at both ends  ',
  'say "hello"',
  'line one\nline two\r\nline three\tend',
  'C:\\gate\\2',
  '{"not":"json"}',
  'null',
  '0',
  'bread & <b>butter</b>, 50 % off',
  'crème brûlée, 2 ×',
  'cre\u0300me bru\u0302le\u0301e',
  '½ loaf, ﬁne cut',
  '\u2028',
];

const inSettled = (fromRound: 1 | 2, isIn: (orders: readonly Order[]) => boolean): EdgeCase<Order> => ({
  fromRound,
  isIn: ({ settled }) => isIn(settled),
});
const named = (is: (name: string) => boolean) => inSettled(2, (all) => all.some(({ customer }) => is(customer)));
const noted = (is: (note: string) => boolean) => inSettled(2, (all) => all.some(({ note }) => note !== null && is(note)));
const timed = (what: keyof ReturnType<typeof crossesAll>) =>
  inSettled(1, (all) => crossesAll(all.map(({ placedAt }) => placedAt))[what]);

/** Orders of a web shop, sorted neither by id nor by clock, from before a change of clocks to after the end of that month. */
export const orders: Generator<Order> = {
  schema: orderSchema,
  edgeCases: {
    'a name that Latin-1 cannot write': named(isBeyondLatin1),
    'a name of one byte for each letter in Latin-1, and of two in UTF-8': named((name) =>
      /^[\0-\u00ff]*[\u0080-\u00ff]/.test(name),
    ),
    'a name with decomposed letters': named((name) => name !== name.normalize('NFC')),
    'a name with composed letters': named((name) => name !== name.normalize('NFD')),
    'a name with spaces around it': named((name) => name !== name.trim()),
    'a name beyond 16 bits': named((name) => /[\u{10000}-\u{10ffff}]/u.test(name)),
    'two names that differ only outside ASCII': inSettled(2, (all) => areAlike(all, (name) => name.replace(/\P{ASCII}/gu, ''))),
    'two names that differ only in accents': inSettled(2, (all) => areAlike(all, withoutAccents)),
    'two names that differ only in case': inSettled(2, (all) => areAlike(all, (name) => name.toLowerCase())),
    'an empty note beside one that is null': inSettled(2, (all) =>
      ['', null].every((text) => all.some(({ note }) => note === text)),
    ),
    'a note of which nothing is left when it is trimmed': noted((note) => note !== '' && note.trim() === ''),
    'a note with spaces around it': noted((note) => note.trim() !== '' && note.trim() !== note),
    'a note with quotes': noted((note) => note.includes('"')),
    'a note with line breaks and a tab': noted((note) => /\n.*\r\n.*\t/s.test(note)),
    'a note with a backslash': noted((note) => note.includes('\\')),
    'a note that looks like JSON': noted((note) => note.startsWith('{')),
    'a note that reads null': noted((note) => note === 'null'),
    'a note that reads 0': noted((note) => note === '0'),
    'a note with signs of HTML': noted((note) => /&.*<.*%/.test(note)),
    'a note with a line separator': noted((note) => note.includes('\u2028')),
    'a note with decomposed letters': noted((note) => note !== note.normalize('NFC')),
    'a note with letters of another width': noted((note) => note !== note.normalize('NFKC') && note === note.normalize('NFC')),
    'an order that costs nothing': inSettled(2, (all) => all.some(({ totalCents }) => totalCents === 0)),
    'two orders that differ in their ids only': inSettled(1, hasTwins),
    'notes and none': inSettled(1, (all) => all.some(({ note }) => note === null) && all.some(({ note }) => note !== null)),
    'both sides of midnight': timed('midnight'),
    'both sides of the end of a month': timed('monthsEnd'),
    'both sides of a change of clocks': timed('clockChange'),
    'orders that are not sorted by their clocks': inSettled(1, (all) =>
      all.some(({ placedAt }, index) => placedAt < (all[index - 1]?.placedAt ?? '')),
    ),
  },
  draw: ({ random, count, edgeCases }) => {
    const day = drawClockChangeDay(random, edgeCases);
    const slots = misordered(random.shuffle(Array.from({ length: count }, (_, index) => index)));
    const drawn = drawIds(random, count).map((id, index) => {
      return drawOrder(id, drawTime(day, { slot: slots[index] ?? 0, count, random }), random);
    });
    addEdgeCases(drawn, { random, edgeCases });
    return drawn;
  },
  toRecord: (order) => ({ key: order.id, value: JSON.stringify(order) }),
};

function drawOrder(id: string, placedAt: string, random: Random): Order {
  const items = random
    .shuffle(SKUS)
    .slice(0, random.int(1, 3))
    .map((sku) => ({ sku, quantity: random.int(1, 6), priceCents: random.int(95, 1999) }));
  return {
    id,
    customer: drawName(random),
    placedAt,
    items,
    totalCents: items.reduce((sum, { quantity, priceCents }) => sum + quantity * priceCents, 0),
    note: random.int(1, 3) > 1 ? null : random.pick(NOTES),
  };
}

/** Returns a time in one of `count` equal slots, which begin before the clocks change and end after the month. */
function drawTime(day: ClockChangeDay, { slot, count, random }: { slot: number; count: number; random: Random }): string {
  const beginsAt = day.startsAt - MARGIN_MS;
  const slotMs = Math.floor((day.monthEndsAt + MARGIN_MS - beginsAt) / count);
  return new Date(beginsAt + slot * slotMs + random.int(0, slotMs - 1)).toISOString();
}

/** More than a slot of the shortest round, so that an order is on each side of every edge. */
const MARGIN_MS = 3 * 3_600_000;

/** Changes orders at random places so that the round has each of its edge cases; a round of few orders has fewer. */
function addEdgeCases(drawn: Order[], { random, edgeCases }: Pick<DrawOptions, 'random' | 'edgeCases'>): void {
  const [one, other, noted, unnoted, free, ...rest] = random.shuffle(drawn);
  if (edgeCases) {
    for (const [index, note] of FRAGILE_NOTES.entries()) Object.assign(rest[index] ?? {}, { note });
    for (const [index, customer] of FRAGILE_NAMES.entries()) Object.assign(rest.at(-1 - index) ?? {}, { customer });
    if (free) Object.assign(free, { items: free.items.map((item) => ({ ...item, priceCents: 0 })), totalCents: 0 });
  }
  if (noted) noted.note = random.pick(NOTES);
  if (unnoted) unnoted.note = null;
  if (one && other) Object.assign(other, { ...one, id: other.id });
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

function areAlike(all: readonly Order[], plain: (name: string) => string): boolean {
  const names = [...new Set(all.map(({ customer }) => customer))];
  return new Set(names.map(plain)).size < names.length;
}

function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '');
}

function hasTwins(all: readonly Order[]): boolean {
  return new Set(all.map(({ id, ...rest }) => JSON.stringify(rest))).size < all.length;
}

import type { DrawOptions } from './generator.ts';
import { drawForeignName, drawName } from './people.ts';
import type { Random } from './random.ts';
import { drawTwins } from './twins.ts';

/** Later payments that come while a query starts. The rest follow after a pause, most of them of customers who paid long before. */
export const PAID_AT_ONCE = 8;

/** A customer and their amounts in order; refunds are negative. */
type Story = readonly [customer: string, ...amounts: number[]];

/** Customers beyond any number that a query for the sample might be limited to. */
const CROWD = 40;

/** A customer's payment; a refund is negative. */
type Paid = readonly [customer: string, amount: number];

/** Returns all payments in order. */
export function drawStories({ random, count, settled = count, edgeCases }: DrawOptions): Paid[] {
  const names = drawNames(random, edgeCases);
  const before = fill(settledStories(names, { random, count: settled, edgeCases }), {
    random,
    count: settled,
    name: names.steady,
  });
  const later = settled < count ? drawLater(names, { random, before, count: count - settled }) : [];
  return [...interleave(before, random), ...later];
}

type Names = ReturnType<typeof drawNames>;

function drawNames(random: Random, edgeCases: boolean) {
  const all = new Set<string>();
  if (edgeCases) {
    for (const twin of drawTwins(random)) all.add(twin);
    while (all.size < 4) all.add(drawForeignName(random));
  }
  while (all.size < (edgeCases ? 20 + CROWD : 20)) all.add(drawName(random));
  const [big = '', trimmed = '', steady = '', leaver = '', never = '', small = '', gone = '', lost = '', back = '', ...rest] =
    all;
  const [exact = '', below = '', emptied = '', newcomer = '', returning = '', pair = '', refunded = '', same = '', ...more] =
    rest;
  const [halved = '', wealthy = '', ...crowd] = more;
  return {
    ...{
      big,
      trimmed,
      steady,
      leaver,
      never,
      small,
      gone,
      lost,
      back,
      exact,
      below,
      emptied,
      newcomer,
      returning,
      pair,
      refunded,
    },
    ...{ same, halved, wealthy, crowd: crowd.slice(0, CROWD) },
  };
}

function settledStories(names: Names, { random, count, edgeCases }: DrawOptions): Story[] {
  const steps = () => Array.from({ length: 5 }, () => random.int(1_100, 1_900));
  const half = random.int(2_600, 3_400);
  const refund = random.int(2_100, 2_400);
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
    // At the limit only if a refund is left out: no total of this customer ever reaches it.
    [names.refunded, 3_000 + random.int(1, 299), -random.int(1_500, 1_900), 2_200 + random.int(1, 299)],
    // Equal amounts count each: without one of them, one customer misses the limit and another stays above it.
    [names.pair, half, half],
    [names.halved, 9_000, -refund, -refund],
    [names.same, 5_500, 700, 700],
  ];
  if (!edgeCases) return stories;
  const edges: Story[] = [
    [names.exact, 3_000, 2_000],
    [names.below, 3_000, 1_999],
    [names.emptied, 6_000, -6_000],
    [names.returning, 5_000, -1, 1],
    // Each payment fits 32 bits, and their sum does not.
    [names.wealthy, 1_500_000_000 + random.int(1, 99_999_999), 1_000_000_000 + random.int(1, 99_999_999)],
  ];
  const room = count - [...stories, ...edges].reduce((sum, story) => sum + story.length - 1, 0);
  const crowd = names.crowd.slice(0, Math.max(0, Math.floor(room / 2)));
  return [...stories, ...edges, ...crowd.map((name): Story => [name, random.int(2_600, 6_000), random.int(2_600, 6_000)])];
}

interface LaterOptions {
  random: Random;
  before: readonly Story[];
  count: number;
}

function drawLater(names: Names, { random, before, count }: LaterOptions): Paid[] {
  const [, ...amounts] = before.find(([customer]) => customer === names.leaver) ?? [''];
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  const atOnce: Story[] = [
    [names.newcomer, 2_600 + random.int(1, 900), 2_600 + random.int(1, 900)],
    [names.small, 5_300 + random.int(1, 999), -random.int(400, 900)],
    [names.steady, random.int(300, 900)],
  ];
  const afterwards: Story[] = [
    [names.leaver, random.int(300, 900), -(total - random.int(500, 3_000))],
    [names.never, 5_500 + random.int(1, 999)],
    [names.gone, 4_900 + random.int(1, 999)],
    [names.big, random.int(300, 900)],
    [names.trimmed, random.int(300, 900), -random.int(100, 299)],
    [names.refunded, random.int(100, 299)],
  ];
  const first = fill(atOnce, { random, count: PAID_AT_ONCE, name: names.same });
  const rest = fill(afterwards, { random, count: count - PAID_AT_ONCE, name: names.back });
  return [...interleave(first, random), ...interleave(rest, random)];
}

/** Adds orders of one customer until there are `count` payments. */
function fill(stories: readonly Story[], { random, count, name }: { random: Random; count: number; name: string }): Story[] {
  const missing = count - stories.reduce((sum, story) => sum + story.length - 1, 0);
  const more = Array.from({ length: Math.max(0, missing) }, () => random.int(300, 1_400));
  return [...stories, [name, ...more]];
}

/** Returns all payments shuffled together, each customer's still in order. */
function interleave(stories: readonly Story[], random: Random): Paid[] {
  const turns = random.shuffle(stories.flatMap(([, ...amounts], story) => amounts.map(() => story)));
  const told = stories.map(() => 0);
  return turns.map((turn) => {
    const [customer = '', ...amounts] = stories[turn] ?? [''];
    const amount = amounts[told[turn] ?? 0] ?? 0;
    told[turn] = (told[turn] ?? 0) + 1;
    return [customer, amount];
  });
}

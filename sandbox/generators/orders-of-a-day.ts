import { z } from 'zod';
import type { Drawn, EdgeCase, Generator } from './generator.ts';
import { type Order, orders } from './orders.ts';
import type { Random } from './random.ts';

const ordersOfADaySchema = z.strictObject({
  order: orders.schema,
  /** Of its record. */
  headers: z.record(z.string(), z.string()),
});

/** An order with the headers of its record. */
export type OrderOfADay = z.infer<typeof ordersOfADaySchema>;

const LAST = 'last';
const TILLS = ['shop', 'web', 'phone'];

/** Whether this is the record that nothing follows. */
export function isLast({ headers }: OrderOfADay): boolean {
  return LAST in headers;
}

const inAll = (fromRound: 1 | 2, isIn: (all: readonly OrderOfADay[]) => boolean): EdgeCase<OrderOfADay> => ({
  fromRound,
  isIn: ({ settled, later }) => isIn([...settled, ...later]),
});
/** The last one by this field is not the one that comes last. */
const notLastBy = (field: 'id' | 'placedAt') =>
  inAll(1, (all) => all.some(({ order }) => order[field] > (all.at(-1)?.order[field] ?? '')));

/**
 * Orders of a web shop as records with headers, of which the last of all has the header `last`. What comes last neither has the
 * greatest id nor the latest time.
 */
export const ordersOfADay: Generator<OrderOfADay> = {
  schema: ordersOfADaySchema,
  edgeCases: {
    ...Object.fromEntries(Object.entries(orders.edgeCases).map(([name, edge]) => [name, ofOrders(edge)])),
    'one record with the header last, and it is the last of all': inAll(
      1,
      (all) => all.findIndex(isLast) === all.length - 1 && all.length > 0,
    ),
    'a header on every record': inAll(1, (all) => all.every(({ headers }) => Object.keys(headers).length > 0)),
    'a header whose name only begins as that of the last': inAll(2, (all) =>
      all.slice(0, -1).some(({ headers }) => Object.keys(headers).some((name) => name.startsWith(LAST))),
    ),
    'orders before the program starts, and orders that arrive while it runs': {
      fromRound: 1,
      isIn: ({ settled, later }) => settled.length > 1 && later.length > 1,
    },
    'a greater id than that of the last': notLastBy('id'),
    'a later time than that of the last': notLastBy('placedAt'),
  },
  draw: (options) => {
    const drawn = lastInTheMiddle(orders.draw(options), options.random);
    const changed = options.edgeCases ? options.random.pick(drawn.slice(0, -1)) : null;
    return drawn.map((order, index) => ({
      order,
      headers: {
        source: options.random.pick(TILLS),
        ...(order === changed ? { 'last-changed': order.placedAt } : {}),
        ...(index === drawn.length - 1 ? { [LAST]: 'true' } : {}),
      },
    }));
  },
  toRecord: ({ order, headers }) => ({ ...orders.toRecord(order), headers }),
};

/** Returns the same orders; the one at the end is neither the greatest by id nor by time. */
function lastInTheMiddle(drawn: readonly Order[], random: Random): Order[] {
  const isGreatest = (order: Order) =>
    drawn.every(({ id }) => id <= order.id) || drawn.every(({ placedAt }) => placedAt <= order.placedAt);
  const [last] = random.shuffle(drawn.filter((order) => !isGreatest(order)));
  return last ? [...drawn.filter((order) => order !== last), last] : [...drawn];
}

function ofOrders(edge: EdgeCase<Order>): EdgeCase<OrderOfADay> {
  const ordersIn = ({ settled, later }: Drawn<OrderOfADay>) => [...settled, ...later].map(({ order }) => order);
  return { ...edge, isIn: (drawn) => edge.isIn({ settled: ordersIn(drawn), later: [] }) };
}

import { driverEvents } from './driver-events.ts';
import { type Drawn, type Generator, type InputRecord, itemsOf } from './generator.ts';
import { orders } from './orders.ts';
import { ordersOfADay } from './orders-of-a-day.ts';
import { payments } from './payments.ts';
import { readings } from './readings.ts';
import { webOrders } from './web-orders.ts';

const GENERATORS: Readonly<Record<string, Erased>> = {
  orders: erase(orders),
  'orders-of-a-day': erase(ordersOfADay),
  'driver-events': erase(driverEvents),
  'web-orders': erase(webOrders),
  readings: erase(readings),
  payments: erase(payments),
};

/** Names allowed in `inputs.*.generator` of an exercise. */
export const generatorNames: readonly string[] = Object.keys(GENERATORS);

/**
 * Returns the generator with this name. The catalogue has checked the name, so a miss is a Streamwright error.
 * @throws Error naming the generators that exist
 */
export function generator(name: string): Erased {
  const found = GENERATORS[name];
  if (!found)
    throw new Error(
      `Generator "${name}" does not exist. Hint: use ${generatorNames.join(', ')}, or add a new one to generators/registry.ts.`,
    );
  return found;
}

type Erased = Pick<Generator<unknown>, 'draw'> & {
  drawRecords: (options: Parameters<Generator<unknown>['draw']>[0]) => InputRecord[];
  edgeCases: readonly string[];
  /** Returns the edge cases that a round's data lack, though the generator declares them for it. */
  lackingIn: (drawn: Drawn<unknown>, round: number) => string[];
};

/** Hides the item type, which only the generator itself needs. */
function erase<Item>(typed: Generator<Item>): Erased {
  return {
    draw: typed.draw,
    drawRecords: (options) => typed.draw(options).map(typed.toRecord),
    edgeCases: Object.keys(typed.edgeCases),
    lackingIn: ({ settled, later }, round) => {
      const drawn = { settled: itemsOf(typed, settled), later: itemsOf(typed, later) };
      const lacking = Object.entries(typed.edgeCases).filter(([, { fromRound, isIn }]) => round >= fromRound && !isIn(drawn));
      return lacking.map(([name]) => name);
    },
  };
}

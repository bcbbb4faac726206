import { driverEvents } from './driver-events.ts';
import type { Generator } from './generator.ts';
import { orders } from './orders.ts';
import { payments } from './payments.ts';
import { readings } from './readings.ts';
import { webOrders } from './web-orders.ts';

const GENERATORS: Readonly<Record<string, Erased>> = {
  orders: erase(orders),
  'driver-events': erase(driverEvents),
  'web-orders': erase(webOrders),
  readings: erase(readings),
  payments: erase(payments),
};

/** Names that `inputs.*.generator` of an exercise may have. */
export const generatorNames: readonly string[] = Object.keys(GENERATORS);

/**
 * The generator of that name. The catalogue has checked the name, so a miss is a fault of ours.
 * @throws Error naming the generators that exist
 */
export function generator(name: string): Erased {
  const found = GENERATORS[name];
  if (!found)
    throw new Error(
      `There is no generator "${name}". Hint: ${generatorNames.join(', ')} exist; a new one is added to generators/registry.ts.`,
    );
  return found;
}

type Erased = Pick<Generator<unknown>, 'draw'> & {
  drawRecords: (options: Parameters<Generator<unknown>['draw']>[0]) => { key: string; value: string }[];
};

/** Hides the item's type, which only the generator itself needs. */
function erase<Item>(typed: Generator<Item>): Erased {
  return { draw: typed.draw, drawRecords: (options) => typed.draw(options).map(typed.toRecord) };
}

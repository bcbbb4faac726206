import { z } from 'zod';
import type { Random } from './random.ts';

export interface DrawOptions {
  random: Random;
  /** Total number of items. */
  count: number;
  /** Number of items that are in the topic before the program starts; the rest arrive while it runs. Defaults to `count`. */
  settled?: number;
  /** True from round 2: the data may contain what the task names but the sample does not show. */
  edgeCases: boolean;
}

/** Generates one kind of input data. */
export interface Generator<Item> {
  schema: z.ZodType<Item>;
  draw(options: DrawOptions): Item[];
  /** Returns the record of an item, used where the exercise says `as: topic`. */
  toRecord(item: Item): { key: string; value: string };
}

/** Returns a grader's input with its type: `itemsOf(orders, inputs.orders)`. @throws ZodError when a different generator made it */
export function itemsOf<Item>({ schema }: Generator<Item>, items: readonly unknown[] | undefined): Item[] {
  return z.array(schema).parse(items);
}

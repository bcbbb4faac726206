import { z } from 'zod';
import type { Random } from './random.ts';

export interface DrawOptions {
  random: Random;
  /** Items in all. */
  count: number;
  /** The first so many lie in the topic before the program starts; what is left comes while it runs. All of them when left out. */
  settled?: number;
  /** True from the second round on: data may hold what the task names but the sample does not show. */
  edgeCases: boolean;
}

/** Makes one kind of input data. */
export interface Generator<Item> {
  schema: z.ZodType<Item>;
  draw(options: DrawOptions): Item[];
  /** How an item lies in a topic when the exercise asks for `as: topic`. */
  toRecord(item: Item): { key: string; value: string };
}

/** Gives a grader's input its type: `itemsOf(orders, inputs.orders)`. @throws ZodError when another generator made it */
export function itemsOf<Item>({ schema }: Generator<Item>, items: readonly unknown[] | undefined): Item[] {
  return z.array(schema).parse(items);
}

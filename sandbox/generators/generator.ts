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

/** What a generator drew for a round: first the items that are there before the program starts, then those that arrive while it runs. */
export interface Drawn<Item> {
  settled: readonly Item[];
  later: readonly Item[];
}

/** Something that a task names, and that a wrong program passes by luck where the data do not contain it. */
export interface EdgeCase<Item> {
  /** First round that contains it for certain: 1, or 2 where the visible sample must not show it. */
  fromRound: 1 | 2;
  isIn(drawn: Drawn<Item>): boolean;
}

/** Generates one kind of input data. */
export interface Generator<Item> {
  schema: z.ZodType<Item>;
  /** By what is in the data, in words. A test draws 1,000 seeds of each exercise and finds each case in every round from its first. */
  edgeCases: Readonly<Record<string, EdgeCase<Item>>>;
  draw(options: DrawOptions): Item[];
  /** Returns the record of an item, used where the exercise says `as: topic`. */
  toRecord(item: Item): InputRecord;
}

/** A record that is in a topic before the program starts, or arrives while it runs. */
export interface InputRecord {
  key: string;
  value: string;
  headers?: Readonly<Record<string, string>> | undefined;
}

/** Returns a grader's input with its type: `itemsOf(orders, inputs.orders)`. @throws ZodError when a different generator made it */
export function itemsOf<Item>({ schema }: Generator<Item>, items: readonly unknown[] | undefined): Item[] {
  return z.array(schema).parse(items);
}

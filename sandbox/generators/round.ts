/**
 * The data of one round: everything that the seed decides. Run uses the visible seed; a submission's rounds use hidden ones.
 */
import type { ExerciseSpec } from '#lessons/schema.ts';
import type { InputRecord } from './generator.ts';
import { createRandom, splitmix32 } from './random.ts';
import { countsInOrder, partitionsInOrder, type Range } from './range.ts';
import { generator } from './registry.ts';

/** Seed of every Run, whose data the editor shows. No round of a submission uses it. */
export const VISIBLE_SEED = 1729;

export interface RoundData {
  seed: number;
  /** Topics under their logical names, in the order of the exercise. */
  topics: { logical: string; partitions: number; replicas?: number; create?: boolean }[];
  /** Generated items by the input's name. */
  inputs: Record<string, readonly unknown[]>;
  /** Records that inputs with `as: topic` put into the topic of the same name before the program starts. */
  records: Record<string, readonly InputRecord[]>;
  /** What follows them, for `live` inputs: a Run feeds it slowly, a grader produces it when it wants to see it arrive. */
  later: Record<string, LaterInput>;
}

export interface LaterInput {
  items: readonly unknown[];
  /** The same items as records of the topic. */
  records: readonly InputRecord[];
}

/**
 * Draws the data of one round of a submission; the same arguments always give the same data. Its rounds differ in the number of
 * partitions and of items wherever the exercise gives a range.
 *
 * @param baseSeed 32-bit integer
 * @param round from 1; later rounds contain edge cases
 */
export function drawSubmissionRound(spec: ExerciseSpec, baseSeed: number, round: number): RoundData {
  const inOrder = (order: typeof partitionsInOrder): DrawNumber => {
    return (range, label) => nth(order(range, createRandom(baseSeed, label)), round - 1);
  };
  const numbers = { partitions: inOrder(partitionsInOrder), count: inOrder(countsInOrder) };
  return drawData(spec, { seed: roundSeed(baseSeed, round), edgeCases: round > 1, numbers });
}

/** Draws data as those of a first round, outside any submission: each Run has those of the visible seed. */
export function drawRound(spec: ExerciseSpec, seed: number, round = 1): RoundData {
  const draw: DrawNumber = (range, label) => createRandom(seed, label).int(...range);
  return drawData(spec, { seed, edgeCases: round > 1, numbers: { partitions: draw, count: draw } });
}

interface DataOptions {
  seed: number;
  edgeCases: boolean;
  numbers: { partitions: DrawNumber; count: DrawNumber };
}

/** Draws a number of a range, both ends included. */
type DrawNumber = (range: Range, label: string) => number;

function drawData(spec: ExerciseSpec, { seed, edgeCases, numbers }: DataOptions): RoundData {
  const topics = Object.entries(spec.topics).map(([logical, topic]) => ({
    logical,
    partitions: fixedOr(topic.partitions, (range) => numbers.partitions(range, `topics/${logical}`)),
    ...(topic.replicas === undefined ? {} : { replicas: topic.replicas }),
    ...(topic.create === undefined ? {} : { create: topic.create }),
  }));
  const data: RoundData = { seed, topics, inputs: {}, records: {}, later: {} };
  for (const [name, input] of Object.entries(spec.inputs)) {
    const counts = (edgeCases && input.edgeCount) || input.count;
    const settled = fixedOr(counts, (range) => numbers.count(range, `count/${name}`));
    const count = settled + (input.live?.count ?? 0);
    const options = () => ({ random: createRandom(seed, `inputs/${name}`), count, settled, edgeCases });
    const items = generator(input.generator).draw(options());
    data.inputs[name] = items.slice(0, settled);
    if (input.as === 'module') continue;
    const records = generator(input.generator).drawRecords(options());
    data.records[name] = records.slice(0, settled);
    if (input.live) data.later[name] = { items: items.slice(settled), records: records.slice(settled) };
  }
  return data;
}

/** Returns the seed of a submission's round, derived from its base seed; never the visible one. */
export function roundSeed(baseSeed: number, round: number): number {
  const next = splitmix32(baseSeed);
  let seed = next();
  for (let drawn = 1; drawn < round || seed === VISIBLE_SEED; seed = next()) {
    if (seed !== VISIBLE_SEED) drawn += 1;
  }
  return seed;
}

function fixedOr(fixedOrRange: number | Range, draw: (range: Range) => number): number {
  return typeof fixedOrRange === 'number' ? fixedOrRange : draw(fixedOrRange);
}

function nth(numbers: readonly number[], index: number): number {
  return numbers[index % numbers.length] ?? 0;
}

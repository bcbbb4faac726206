import { describe, expect, test } from 'vitest';
import { createRandom } from '#sandbox/generators/random.ts';
import { type Turn, TurnLine } from '#sandbox/leases/turn-line.ts';

interface Asked {
  owner: string;
  number: number;
}

/** Takes everything. */
const drain = <T>(line: TurnLine<T>): T[] => {
  const all: T[] = [];
  for (let next = line.take(); next !== undefined; next = line.take()) all.push(next);
  return all;
};

test('one who has many waiting has the next turn after all others who wait', () => {
  const line = new TurnLine<string>();
  for (const text of ['a1', 'a2', 'a3', 'b1', 'c1', 'c2']) line.add(text[0], text);
  expect([...line.inOrder()]).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3']);
  expect(drain(line)).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3']);
  expect([line.length, line.owners, line.first(), line.take()]).toEqual([0, 0, undefined, undefined]);
});

test('one who comes back right after a turn waits for all who are there', () => {
  const line = new TurnLine<string>();
  for (const text of ['a1', 'b1', 'c1']) line.add(text[0], text);
  expect(line.take()).toBe('a1');
  line.add('a', 'a2');
  expect(drain(line)).toEqual(['b1', 'c1', 'a2']);
});

test('a turn that is left moves the rest up, once', () => {
  const line = new TurnLine<string>();
  const [first] = [line.add('a', 'a1'), line.add('a', 'a2'), line.add('b', 'b1')];
  expect([line.remove(first), line.remove(first)]).toEqual([true, false]);
  expect(drain(line)).toEqual(['a2', 'b1']);
  expect(line.remove(first)).toBe(false);
});

test('who may not have a turn is passed over while another may, and has it when nobody may', () => {
  const line = new TurnLine<string>();
  for (const text of ['a1', 'a2', 'b1', 'b2']) line.add(text[0], text);
  expect(line.take((owner) => owner === 'b')).toBe('b1');
  expect(line.take((owner) => owner === 'c')).toBe('a1');
});

describe.each(Array.from({ length: 200 }, (_, seed) => seed))('whatever comes, goes and is served: seed %i', (seed) => {
  /** Learners who ask, leave and are served at random, some of them far more often than others. */
  function history() {
    const random = createRandom(seed, 'turns');
    const owners = Array.from({ length: random.int(1, 6) }, (_, index) => `learner ${index}`);
    const greedy = random.pick(owners);
    const line = new TurnLine<Asked>();
    const waiting = new Map<Asked, Turn<Asked>>();
    /** For each step: who had a turn, if anybody, and who waited before it. */
    const steps: { served: Asked | null; waited: Set<string> }[] = [];
    const order: Asked[][] = [];
    for (let number = 0; number < 200; number++) {
      const waited = new Set([...waiting.keys()].map(({ owner }) => owner));
      const dice = random.int(0, 9);
      let served: Asked | null = null;
      if (dice < 5) {
        const asked = { owner: dice < 2 ? greedy : random.pick(owners), number };
        waiting.set(asked, line.add(asked.owner, asked));
      } else if (dice < 6 && waiting.size > 0) {
        const leaving = random.pick([...waiting.keys()]);
        expect(line.remove(waiting.get(leaving) as Turn<Asked>)).toBe(true);
        waiting.delete(leaving);
      } else if (dice >= 6) {
        const [promised] = line.inOrder();
        expect(line.first()).toBe(promised);
        served = line.take() ?? null;
        expect(served).toBe(promised ?? null);
        if (served) waiting.delete(served);
      }
      steps.push({ served, waited });
      expect([line.length, line.owners]).toEqual([waiting.size, new Set([...waiting.keys()].map(({ owner }) => owner)).size]);
      order.push([...line.inOrder()]);
      expect(order.at(-1)?.map((one) => line.position(waiting.get(one) as Turn<Asked>))).toEqual(
        order.at(-1)?.map((_, index) => index + 1),
      );
    }
    return { steps, owners };
  }

  test('between two turns of one, each other who waited throughout had one; within one, first in is first out', () => {
    const { steps, owners } = history();
    for (const owner of owners) {
      const turns = steps.flatMap(({ served }, index) => (served?.owner === owner ? [{ index, served }] : []));
      for (const [place, { index, served }] of turns.entries()) {
        const earlier = turns[place - 1];
        if (!earlier) continue;
        expect(served.number).toBeGreaterThan(earlier.served.number);
        const between = steps.slice(earlier.index + 1, index);
        for (const other of owners.filter((one) => one !== owner)) {
          const waitedThroughout = [...between, steps[index]].every((step) => step?.waited.has(other));
          const hadOne = between.some((step) => step.served?.owner === other);
          if (waitedThroughout) expect(hadOne, `${other} between ${earlier.index} and ${index}`).toBe(true);
        }
      }
    }
  });
});

test.each(['of one learner', 'each of another learner'])(
  'adding, leaving and serving cost the same however many wait, %s',
  (whose) => {
    /** Least microseconds for one round of everything, with so many waiting meanwhile. */
    const cost = (count: number) => {
      const line = new TurnLine<number>();
      const ownerOf = (index: number) => (whose === 'of one learner' ? 'a' : index);
      for (let index = 0; index < count; index++) line.add(ownerOf(index), index);
      const times = Array.from({ length: 15 }, (_, round) => {
        const begin = performance.now();
        for (let index = 0; index < 2000; index++) {
          line.add(ownerOf(count + round * 4000 + index), index);
          line.remove(line.add(ownerOf(count + round * 4000 + 2000 + index), index));
          line.take();
        }
        return performance.now() - begin;
      });
      return Math.min(...times);
    };
    cost(100);
    expect(cost(100_000) / cost(1000)).toBeLessThan(10);
  },
);

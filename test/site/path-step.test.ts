import { expect, test } from 'vitest';
import { createRandom } from '#sandbox/generators/random.ts';
import { pathStep } from '../../site/src/map/path-step.ts';

const LANES = [['a1', 'a2', 'a3'], ['b1'], ['c1', 'c2', 'c3', 'c4']];
const ARROWS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];

test('arrows move along a lane and to the same place of the next one, and stop at the edges', () => {
  const steps = (from: string) => ARROWS.map((key) => pathStep(LANES, from, key));
  expect(steps('a1')).toEqual([null, 'a2', null, 'b1']);
  expect(steps('a3')).toEqual(['a2', null, null, 'b1']);
  expect(steps('b1')).toEqual([null, null, 'a1', 'c1']);
  expect(steps('c4')).toEqual(['c3', null, 'b1', null]);
  expect(pathStep(LANES, 'a1', 'Enter')).toBeNull();
});

test('every lesson can be reached from every other by arrows alone, whatever the lanes are', () => {
  const random = createRandom(9, 'path');
  for (let round = 0; round < 50; round++) {
    const lanes = Array.from({ length: random.int(1, 8) }, (_, lane) =>
      Array.from({ length: random.int(1, 13) }, (__, place) => `${lane}.${place}`),
    );
    const all = lanes.flat();
    const start = all[random.int(0, all.length - 1)] ?? '';
    const reached = new Set([start]);
    for (const id of reached) {
      for (const key of ARROWS) {
        const next = pathStep(lanes, id, key);
        if (next !== null) reached.add(next);
      }
    }
    expect(reached.size).toBe(all.length);
  }
});

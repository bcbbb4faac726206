import { describe, expect, test } from 'vitest';
import { arrangements } from '../../../../site/src/client/panes/arrangements.ts';
import { type Axis, type Chosen, placePanes } from '../../../../site/src/client/panes/place-panes.ts';

const NOTHING: Chosen = { sizes: {}, folded: [] };
const axesOf = (kind: 'program' | 'queries', lanes = 4) => arrangements(kind, lanes).flatMap(({ axes }) => axes);
const ALL = [...axesOf('program'), ...axesOf('program', 1), ...axesOf('queries')];
const place = (axis: Axis, space: number, chosen = NOTHING) =>
  Object.fromEntries(placePanes(axis, space, chosen).map(({ name, size }) => [name, size]));

/** Numbers in [0, 1) that a seed decides. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What learners can have chosen, on windows from tiny to huge; also sizes that no window has. */
function* cases(axis: Axis): Generator<{ space: number; chosen: Chosen }> {
  for (let seed = 1; seed <= 400; seed++) {
    const draw = draws(seed);
    const odd = [Number.NaN, -50, 0, 1e9, Number.POSITIVE_INFINITY];
    const size = () => (draw() < 0.2 ? odd[Math.floor(draw() * odd.length)]! : Math.round(draw() * 2500));
    const names = axis.tracks.map(({ name }) => name);
    const sizes = Object.fromEntries(names.filter(() => draw() < 0.6).map((name) => [name, size()]));
    const folded = [...names, 'nothing'].filter(() => draw() < 0.4);
    yield { space: Math.round(200 + draw() * 3000), chosen: { sizes, folded } };
  }
}

describe('whatever a learner has chosen, on a window of any size', () => {
  test('the panes and the lines between them fill the window, or more only where the smallest sizes need it', () => {
    for (const axis of ALL) {
      for (const { space, chosen } of cases(axis)) {
        const placed = placePanes(axis, space, chosen);
        const lines = placed.length - 1;
        const total = placed.reduce((sum, { size }) => sum + size, lines);
        const least = placed.reduce((sum, { min }) => sum + min, lines);
        expect(total).toBe(Math.max(space, least));
      }
    }
  });

  test('no pane is smaller than its smallest size, and a folded one is a strip', () => {
    for (const axis of ALL) {
      for (const { space, chosen } of cases(axis)) {
        for (const { name, size, min, max, state } of placePanes(axis, space, chosen)) {
          const track = axis.tracks.find((one) => one.name === name)!;
          expect(size).toBeGreaterThanOrEqual(state === 'folded' ? track.strip! : track.smallest);
          expect([min <= size, size <= max]).toEqual([true, true]);
        }
      }
    }
  });

  test('a size that a pane may have is the size that it gets, and leaves every other pane but the taker as it is', () => {
    for (const axis of ALL) {
      for (const { space, chosen } of cases(axis)) {
        const before = placePanes(axis, space, chosen);
        for (const pane of before.filter(({ state }) => state === 'sized')) {
          for (const size of [pane.min, pane.max, Math.round((pane.min + pane.max) / 2)]) {
            const sizes = Object.fromEntries(before.map((one) => [one.name, one.size]));
            const after = placePanes(axis, space, { ...chosen, sizes: { ...sizes, [pane.name]: size } });
            const others = (panes: typeof before) => panes.filter(({ name, state }) => name !== pane.name && state !== 'taker');
            expect(after.find(({ name }) => name === pane.name)?.size).toBe(size);
            expect(others(after).map(({ size }) => size)).toEqual(others(before).map(({ size }) => size));
          }
        }
      }
    }
  });
});

test('the design at 1440 x 900: text 344, code 613, results 481, a lens of four lanes 362', () => {
  const [columns, rows] = axesOf('program');
  expect(place(columns!, 1440)).toEqual({ text: 344, code: 613, stack: 481 });
  expect(place(rows!, 856)).toEqual({ work: 493, lens: 362 });
  const [sides, left] = axesOf('queries');
  expect(place(sides!, 1440)).toEqual({ left: 396, lens: 1043 });
  expect(place(left!, 856, { sizes: {}, folded: ['text'] })).toEqual({ text: 196, code: 284, stack: 374 });
});

test('a lens takes at most 60 in 100 of the height, and code keeps 260 before the lens gives anything', () => {
  const rows = arrangements('program', 30)[0]!.axes[1]!;
  expect(place(rows, 856)).toEqual({ work: 342, lens: 513 });
  expect(place(axesOf('program')[1]!, 623)).toEqual({ work: 260, lens: 362 });
  expect(place(axesOf('program')[1]!, 622)).toEqual({ work: 260, lens: 361 });
});

test('too little width shrinks the results and then the text, and then folds the text', () => {
  const columns = axesOf('program')[0]!;
  expect(place(columns, 1266)).toEqual({ text: 344, code: 560, stack: 360 });
  expect(place(columns, 1202)).toEqual({ text: 280, code: 560, stack: 360 });
  expect(place(columns, 1201)).toEqual({ text: 44, code: 779, stack: 376 });
});

test('of a column, the text folds before the code', () => {
  const left = axesOf('queries')[1]!;
  const folded = (space: number) =>
    placePanes(left, space, NOTHING)
      .filter(({ state }) => state === 'folded')
      .map(({ name }) => name);
  expect(folded(416)).toEqual([]);
  expect(folded(415)).toContain('text');
});

import { describe, expect, test } from 'vitest';
import { createRandom } from '#sandbox/generators/random.ts';
import type { LensOperator } from '#sandbox/protocol/lens.ts';
import { LEAST_WIDTH, type StripCell, stripLayout } from '../../../site/src/client/job-strip.ts';
import { inFlow } from '../../../site/src/client/jobs-state.ts';

const operator = (id: string, inputs: string[], parallelism = 1): LensOperator => ({
  ...{ id, type: id, name: id, detail: '', says: '', inputs, recordsIn: 0, recordsOut: 0, busyPercent: null, watermarkMs: null },
  ...{ partitions: [], changelogMode: null, parallelism },
});

/** A job whose operators read from one or two earlier ones. */
function anyJob(seed: number): LensOperator[] {
  const random = createRandom(seed, 'job');
  return Array.from({ length: random.int(1, 14) }, (_, place) => {
    const before = () => String(random.int(Math.max(0, place - 2), place - 1));
    const inputs = place === 0 || random.int(1, 8) === 1 ? [] : random.int(1, 6) === 1 ? [before(), before()] : [before()];
    return operator(String(place), [...new Set(inputs)], random.pick([1, 1, 1, 2]));
  });
}

const chain = (length: number) => Array.from({ length }, (_, place) => operator(String(place), place ? [`${place - 1}`] : []));
const SEEDS = Array.from({ length: 400 }, (_, seed) => seed);
const isMerged = ({ operators }: StripCell) => operators.length > 1;

describe('the operators of a job', () => {
  test.each([340, 420, 700, 851, 964, 1100, 1440])(
    'fit a pane of %i px, and each is there once, in the order of flow',
    (width) => {
      for (const seed of SEEDS) {
        const operators = inFlow(anyJob(seed));
        const { columns, cells } = stripLayout(operators, { width, opened: new Set() });
        if (columns > 1) expect(columns * LEAST_WIDTH, `seed ${seed}`).toBeLessThanOrEqual(width);
        expect(
          cells.flatMap((cell) => cell.operators.map(({ id }) => id)),
          `seed ${seed}`,
        ).toEqual(operators.map(({ id }) => id));
      }
    },
  );

  test('are separate where all of them fit, and else take no more rows than the pane has as long as any chain is left', () => {
    for (const seed of SEEDS) {
      const operators = inFlow(anyJob(seed));
      for (const [width, rows] of [
        [600, 2],
        [964, 1],
      ] as const) {
        const { cells, columns } = stripLayout(operators, { width, opened: new Set() });
        const room = rows * Math.floor(width / LEAST_WIDTH);
        if (operators.length <= room) expect(cells.filter(isMerged), `seed ${seed}`).toEqual([]);
        if (cells.length <= room) expect(Math.ceil(cells.length / columns), `seed ${seed}`).toBeLessThanOrEqual(rows);
        if (cells.length > room)
          expect(
            cells.slice(1).filter((cell, place) => joins(cells[place]!, cell)),
            `seed ${seed}`,
          ).toEqual([]);
      }
    }
  });

  test('are chained only where each reads from the one before alone, with the same parallelism', () => {
    for (const seed of SEEDS) {
      const operators = inFlow(anyJob(seed));
      for (const { operators: chained } of stripLayout(operators, { width: 540, opened: new Set() }).cells) {
        for (const [place, one] of chained.slice(1).entries()) {
          const before = chained[place]!;
          expect(one.inputs, `seed ${seed}`).toEqual([before.id]);
          expect(one.parallelism, `seed ${seed}`).toBe(before.parallelism);
          expect(
            operators.filter(({ inputs }) => inputs.includes(before.id)),
            `seed ${seed}`,
          ).toHaveLength(1);
        }
      }
    }
  });

  test('leave source and end on their own while chains between them give enough room', () => {
    const { cells } = stripLayout(chain(9), { width: 924, opened: new Set() });
    expect(cells.map(({ operators }) => operators.length)).toEqual([1, 3, 1, 1, 1, 1, 1]);
  });

  test('of a chain that was opened are all there, and it can be closed', () => {
    const closed = stripLayout(chain(9), { width: 924, opened: new Set() });
    const first = closed.cells.find(isMerged)!.operators[0]!.id;
    const { cells, columns } = stripLayout(chain(9), { width: 924, opened: new Set([first]) });
    expect(cells.map(({ operators }) => operators.length)).toEqual(Array(9).fill(1));
    expect(cells.flatMap(({ opens }) => opens ?? [])).toEqual([{ first, length: 3 }]);
    expect(columns).toBe(5);
  });

  test('are one below the other on a phone, all of them', () => {
    const { cells, columns } = stripLayout(chain(12), { width: 390, opened: new Set() });
    expect([columns, cells.length]).toEqual([1, 12]);
  });
});

function joins(before: StripCell, after: StripCell): boolean {
  const [last, first] = [before.operators.at(-1)!, after.operators[0]!];
  return first.inputs.join() === last.id && first.parallelism === last.parallelism && before.feeds === 1;
}

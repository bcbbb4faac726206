import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { createRandom } from '#sandbox/generators/random.ts';
import { countsInOrder, partitionsInOrder } from '#sandbox/generators/range.ts';
import { drawRound, drawSubmissionRound, VISIBLE_SEED } from '#sandbox/generators/round.ts';

const SEEDS = Array.from({ length: 1000 }, (_, seed) => seed);
const { modules } = await loadCatalog(join(PROJECT_DIR, 'lessons'));
const exercises = modules
  .flatMap(({ lessons }) => lessons)
  .flatMap(({ id, exercise }) => (exercise ? [{ id, ...exercise }] : []));

test.each(exercises)('two rounds of $id differ in size, and one is larger than the sample, whatever the seed', ({ spec }) => {
  const visible = drawRound(spec, VISIBLE_SEED).inputs;
  for (const base of SEEDS.slice(0, 100)) {
    const rounds = [1, 2].map((round) => drawSubmissionRound(spec, base, round).inputs);
    for (const name of Object.keys(spec.inputs)) {
      const counts = rounds.map((inputs) => inputs[name]?.length ?? 0);
      const sample = visible[name]?.length ?? 0;
      expect(Math.max(...counts), `seed ${base}`).toBeGreaterThan(sample);
      expect(counts[0], `seed ${base}`).not.toBe(counts[1]);
    }
  }
});

test('two rounds have different numbers of partitions, and not both are powers of two', () => {
  const { spec } = exercises.find(({ id }) => id === 'log/keys')!;
  for (const base of SEEDS.slice(0, 100)) {
    const [one, other] = [1, 2].map((round) => drawSubmissionRound(spec, base, round).topics[0]?.partitions);
    expect(one).not.toBe(other);
    expect([one, other]).not.toEqual([4, 4]);
  }
  for (const base of SEEDS) {
    const [first, ...others] = partitionsInOrder([1, 8], createRandom(base, 'partitions'));
    expect([1, 2, 4, 8]).not.toContain(first);
    expect([first, ...others].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  }
});

test('a range of two numbers gives one to each round, and a range of one the same to both', () => {
  expect(countsInOrder([4, 5], createRandom(1, 'count')).sort()).toEqual([4, 5]);
  expect(countsInOrder([4, 4], createRandom(1, 'count'))).toEqual([4, 4]);
});

test('no day of the sample of orders or drivers is one of a later round', () => {
  for (const { spec } of exercises.filter(({ id }) => id.startsWith('log/'))) {
    const daysOf = (inputs: Record<string, readonly unknown[]>) =>
      new Set(JSON.stringify(inputs).match(/"\d{4}-\d\d-\d\d(?=T)/g));
    const sample = daysOf(drawRound(spec, VISIBLE_SEED).inputs);
    expect(sample.size).toBeGreaterThan(1);
    for (const base of SEEDS.slice(0, 50))
      expect(daysOf(drawSubmissionRound(spec, base, 2).inputs).isDisjointFrom(sample)).toBe(true);
  }
});

test('the same base seed draws the same rounds again', () => {
  for (const { spec } of exercises) {
    for (const round of [1, 2]) expect(drawSubmissionRound(spec, 17, round)).toEqual(drawSubmissionRound(spec, 17, round));
  }
});

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { generator } from '#sandbox/generators/registry.ts';
import { drawSubmissionRound } from '#sandbox/generators/round.ts';

const SEEDS = 1_000;
const { modules } = await loadCatalog(join(PROJECT_DIR, 'lessons'));
const inputs = modules
  .flatMap(({ lessons }) => lessons)
  .flatMap(({ id, exercise }) =>
    Object.entries(exercise?.spec.inputs ?? {}).map(([name, input]) => ({ id, name, input, exercise })),
  );

test.each(inputs)(
  `of ${SEEDS} seeds, none lacks an edge case of $input.generator in $id`,
  ({ name, input, exercise }) => {
    const spec = exercise?.spec;
    if (!spec) throw new Error('a lesson with inputs has an exercise');
    const { edgeCases, lackingIn } = generator(input.generator);
    expect(edgeCases).not.toEqual([]);
    const missing: Record<string, number> = {};
    for (let base = 0; base < SEEDS; base++) {
      for (let round = 1; round <= spec.rounds; round++) {
        const { inputs: settled, later } = drawSubmissionRound(spec, base, round);
        for (const what of lackingIn({ settled: settled[name] ?? [], later: later[name]?.items ?? [] }, round)) {
          const label = `${what}, round ${round}`;
          missing[label] = (missing[label] ?? 0) + 1;
        }
      }
    }
    expect(missing).toEqual({});
  },
  // Calculation alone: a third of a minute for the largest on a machine with other work.
  300_000,
);

import { expect, test } from 'vitest';
import { gradePrograms } from '#sandbox/commands/grade-programs.ts';
import { unprovenChecks } from '#sandbox/commands/proof.ts';
import { openTestBench } from './bench.ts';

const bench = openTestBench();

test.each(['log/append', 'log/keys'])(
  'every program of %s shows what it must: solutions pass, wrong ones fail first on their check',
  { timeout: 600_000 },
  async (lesson) => {
    const exercise = bench.catalog.exercise(lesson);
    const rows = await gradePrograms(exercise, { bench: bench.bench(), repeat: 1, concurrency: 2 });
    const problems = rows.flatMap(({ subject, attempts }) =>
      attempts.flatMap(({ problem, seed }) => (problem ? [`${subject.name}, seed ${seed}: ${problem}`] : [])),
    );
    expect(problems).toEqual([]);
    expect(rows.length).toBeGreaterThan(30);
  },
);

test('every check has a wrong program that fails it, and every lesson in TypeScript is among those proven here', () => {
  const exercises = bench.catalog.modules.flatMap(({ lessons }) => lessons).flatMap(({ exercise }) => exercise ?? []);
  const programs = exercises.filter(({ spec }) => spec.language === 'ts');
  expect(programs.map(({ lesson }) => lesson)).toEqual(['log/append', 'log/keys']);
  for (const exercise of exercises) expect(unprovenChecks(exercise)).toEqual([]);
});

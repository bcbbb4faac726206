/** `npm run prove` proves every program of these lessons; here each check is shown to pass and to fail. */
import { expect, test } from 'vitest';
import { gradePrograms } from '#sandbox/commands/grade-programs.ts';
import { unprovenChecks } from '#sandbox/commands/proof.ts';
import { openTestBench } from './bench.ts';

const bench = openTestBench();

test.each(['flink-sql/filter-route', 'flink-sql/tumble', 'flink-sql/upsert'])(
  'the solution of %s passes, its starter fails, and for each check a wrong program fails it first',
  { timeout: 300_000 },
  async (lesson) => {
    const exercise = bench.catalog.exercise(lesson);
    const { wrong, checks } = exercise.spec;
    const firstOf = (id: string) => Object.keys(wrong).find((name) => wrong[name]?.fails === id) ?? '';
    const chosen = new Set(['starter', 'solution', ...Object.keys(checks).map((id) => `wrong/${firstOf(id)}`)]);
    const rows = await gradePrograms(exercise, {
      bench: bench.bench(),
      repeat: 1,
      concurrency: 1,
      only: ({ name }) => chosen.has(name),
    });
    const problems = rows.flatMap(({ subject, attempts }) =>
      attempts.flatMap(({ problem, seed }) => (problem ? [`${subject.name}, seed ${seed}: ${problem}`] : [])),
    );
    expect(problems).toEqual([]);
    expect(rows).toHaveLength(2 + Object.keys(checks).length);
    expect(unprovenChecks(exercise)).toEqual([]);
  },
);

test('every lesson in SQL is among those', () => {
  const exercises = bench.catalog.modules.flatMap(({ lessons }) => lessons).flatMap(({ exercise }) => exercise ?? []);
  const lessons = exercises.filter(({ spec }) => spec.language === 'flink-sql').map(({ lesson }) => lesson);
  expect(lessons).toEqual(['flink-sql/filter-route', 'flink-sql/tumble', 'flink-sql/upsert']);
});

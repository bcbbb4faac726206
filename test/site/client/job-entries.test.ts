import { expect, test } from 'vitest';
import { createRandom } from '#sandbox/generators/random.ts';
import type { LensJob } from '#sandbox/protocol/lens.ts';
import type { SqlStatement } from '#sandbox/protocol/sql.ts';
import { entryShown, isDrawnInLens, jobEntries } from '../../../site/src/client/job-lens.ts';
import { sqlResults } from '../../../site/src/client/sql-state.ts';

/** A run of some statements, some with rows, some with a job that the lens knows. */
function anyRun(seed: number) {
  const random = createRandom(seed, 'run');
  const statements = Array.from({ length: random.int(0, 6) }, (_, index): SqlStatement => {
    const kind = random.pick(['query', 'insert', 'other'] as const);
    return {
      ...{ index, file: 'main.sql', range: { line: 1, column: 1, endLine: 1, endColumn: 1 }, kind, error: null },
      ...{ status: random.pick(['running', 'finished', 'cancelled'] as const), jobId: kind === 'other' ? null : `j${index}` },
      ...{ columns: kind === 'query' ? [{ name: 'a', type: 'INT' }] : [], changeCount: kind === 'insert' ? 0 : random.int(0, 3) },
    };
  });
  const jobs = statements
    .filter(({ jobId }) => jobId !== null && random.int(0, 2) > 0)
    .map(({ index, jobId }): LensJob => ({ jobId: jobId ?? '', statement: index, state: 'RUNNING', operators: [] }));
  return { statements, jobs, results: sqlResults({ statements, rows: {} }) };
}

test('the rows of each statement are drawn once: in the lens or in the output', () => {
  for (let seed = 0; seed < 300; seed++) {
    const { jobs, results, statements } = anyRun(seed);
    const inOutput = results.filter((result) => !isDrawnInLens(result)).map(({ statement }) => statement.index);
    const entries = jobEntries(jobs, results);
    const inLens = entries.flatMap(({ result }) => (result ? [result.statement.index] : []));
    expect([...inOutput, ...inLens].sort(), `seed ${seed}`).toEqual(results.map(({ statement }) => statement.index));
    expect(new Set(entries.map(({ statement }) => statement)).size, `seed ${seed}`).toBe(entries.length);
    expect(
      entries.flatMap(({ job }) => job ?? []).map(({ jobId }) => jobId),
      `seed ${seed}`,
    ).toEqual(jobs.map(({ jobId }) => jobId));
    expect(
      entries.every(({ statement }) => statements[statement]?.kind !== 'other'),
      `seed ${seed}`,
    ).toBe(true);
  }
});

test('the lens shows what was picked, else the newest that runs, else the newest', () => {
  const job = (statement: number, state: string): LensJob => ({ jobId: `j${statement}`, statement, state, operators: [] });
  const entries = jobEntries([job(3, 'FINISHED'), job(1, 'RUNNING'), job(2, 'RUNNING')], []);
  expect([null, 1, 3, 9].map((picked) => entryShown(entries, picked)?.statement)).toEqual([2, 1, 3, 2]);
  expect(entryShown(jobEntries([job(1, 'FAILED'), job(3, 'FINISHED')], []), null)?.statement).toBe(3);
  expect(entryShown([], 1)).toBeNull();
});

import { expect, test } from 'vitest';
import { LIMITS } from '#sandbox/config.ts';
import { drawRound } from '#sandbox/generators/round.ts';
import { ProgramLost, type StartRequest } from '#sandbox/languages/contract/program.ts';
import { type FlinkSqlParts, flinkSqlWith } from '#sandbox/languages/flink-sql/language.ts';
import type { OutputChunk, RunResult } from '#sandbox/protocol/run.ts';
import type { SqlStatement } from '#sandbox/protocol/sql.ts';
import { fakeFlinks } from '../../fake-flinks.ts';
import { exerciseWith } from '../../grading/exercise-fixture.ts';

const { spec } = exerciseWith('passes.ts');
const exercise = {
  spec: { ...spec, language: 'flink-sql' as const, files: ['main.sql'], tables: 'tables.sql' },
  starter: { 'tables.sql': 'CREATE TABLE t (id INT);', 'main.sql': '' },
};
const refused: SqlStatement = {
  ...{ index: 1, file: 'main.sql', kind: 'query', status: 'failed', columns: [], jobId: 'job', changeCount: 0 },
  range: { line: 2, column: 1, endLine: 2, endColumn: 8 },
  error: { code: 'invalid_sql', message: 'no such table', range: null },
};

async function startWith(execute: FlinkSqlParts['execute'], options: Partial<StartRequest> = {}) {
  const flink = await fakeFlinks().pool.take();
  const output: OutputChunk[] = [];
  const program = flinkSqlWith({ execute }).start({
    ...{ exercise, files: { 'main.sql': '\nSELECT x;' }, data: drawRound(exercise.spec, 1), generation: 1, topics: [] },
    ...{ lent: { workspace: null, flink, otherBrokers: [] }, tenant: { principal: 'p', password: 'w', prefix: 'p.' } },
    limits: { ...LIMITS.program, timeMs: 1000, maxJobs: 1 },
    bounded: true,
    onOutput: (chunk) => output.push(chunk),
    signal: new AbortController().signal,
    ...options,
  });
  return { ...program, output };
}

const failed: RunResult = { kind: 'sql-failed', index: 1, error: refused.error!, durationMs: 1 };
const refuses: FlinkSqlParts['execute'] = async ({ onStatement }) => {
  onStatement?.(refused);
  return failed;
};

test("the tables run before the learner's file, and a refused statement appears in the output with its place", async () => {
  const names: string[] = [];
  const program = await startWith((options) => {
    names.push(...options.files.map(({ name }) => name));
    return refuses(options);
  });
  expect(await program.ended).toEqual(failed);
  expect(names).toEqual(['tables.sql', 'main.sql']);
  expect(program.output.map(({ text }) => text)).toEqual(['main.sql, line 2: no such table\n']);
  expect(program.statements()).toEqual([{ kind: 'query', status: 'failed', error: refused.error, text: 'SELECT x' }]);
});

test('a listener receives the statements, and nothing is output', async () => {
  const told: SqlStatement[] = [];
  const listener = { onStatement: (one: SqlStatement) => told.push(one), onChanges: () => undefined, onTable: () => undefined };
  const program = await startWith(refuses, { listener });
  await program.ended;
  expect(told).toEqual([refused]);
  expect(program.output).toEqual([]);
});

test('a Flink that ends during a program is not a result of the program', async () => {
  const error = { code: 'flink_lost' as const, message: 'it ended', range: null };
  const program = await startWith(async () => ({ kind: 'sql-failed', index: 0, error, durationMs: 1 }));
  await expect(program.ended).rejects.toThrow(ProgramLost);
});

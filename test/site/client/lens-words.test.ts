import { describe, expect, test } from 'vitest';
import type { SqlStatement } from '#sandbox/protocol/sql.ts';
import { noJob, noRecords } from '../../../site/src/client/lens-words.ts';
import { NO_RUN, type RunView } from '../../../site/src/client/run-state.ts';

const range = { line: 15, column: 1, endLine: 18, endColumn: 9 };
const statement: SqlStatement = {
  ...{ index: 0, file: 'main.sql', range, kind: 'insert', status: 'failed', columns: [], jobId: null, changeCount: 0 },
  error: null,
};
const ended = (more: Partial<RunView>): RunView => ({ ...NO_RUN, status: 'finished', runId: 'r', ...more });
const error = { code: 'invalid_sql', message: 'x', range: { ...range, line: 16 } } as const;

describe('a lens without a job says why', () => {
  test.each<[string, RunView, string]>([
    ['nothing ran', NO_RUN, 'Run your SQL'],
    ['the run waits', { ...NO_RUN, status: 'preparing', runId: 'r' }, 'No job yet'],
    [
      'a statement was refused',
      ended({
        result: { kind: 'sql-failed', index: 0, error, durationMs: 1 },
        sql: { statements: [statement], rows: {} },
      }),
      'No job: line 16 was refused.',
    ],
    [
      'it was stopped early',
      ended({
        result: { kind: 'cancelled', durationMs: 1 },
        sql: { statements: [{ ...statement, status: 'cancelled' }], rows: {} },
      }),
      'stopped before Flink started one',
    ],
    [
      'no statement needs one',
      ended({
        result: { kind: 'sql-finished', durationMs: 1 },
        sql: { statements: [{ ...statement, kind: 'other', status: 'finished' }], rows: {} },
      }),
      'none of these statements is one',
    ],
    [
      'its jobs are gone',
      ended({ result: { kind: 'cancelled', durationMs: 1 }, sql: { statements: [{ ...statement, jobId: 'j' }], rows: {} } }),
      'no longer exist',
    ],
    ['of a Streamwright error', ended({ status: 'error', error: 'x' }), 'ended before Flink started one'],
  ])('when %s', (_when, run, words) => {
    expect(noJob(run, false)).toContain(words);
  });

  test('and names the file where there are several', () => {
    const run = ended({
      result: { kind: 'sql-failed', index: 0, error, durationMs: 1 },
      sql: { statements: [statement], rows: {} },
    });
    expect(noJob(run, true)).toBe('No job: main.sql line 16 was refused.');
  });
});

test('a lens without records never says that a program wrote nothing when its topics are gone', () => {
  expect(noRecords({ run: ended({}), topic: undefined })).toContain('no longer on the broker');
  expect(noRecords({ run: NO_RUN, topic: undefined })).toContain('Run your program');
  const topic = { name: 'orders', partitions: [{ partition: 0, start: '0', end: '0' }] };
  expect(noRecords({ run: ended({}), topic })).toContain('your program wrote nothing to it');
  expect(noRecords({ run: { ...NO_RUN, status: 'running', runId: 'r' }, topic })).toContain('no records yet');
});

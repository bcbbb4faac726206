import { expect, test } from 'vitest';
import { endingOf } from '#sandbox/grading/kit/explain-missing.ts';

const failed = (message: string, line: number | null) =>
  endingOf({
    kind: 'sql-failed',
    index: 3,
    error: { code: 'invalid_sql', message, range: line === null ? null : { line, column: 1, endLine: line, endColumn: 2 } },
    durationMs: 5,
  });

test('a refused statement is named by its line, for a report counts those of tables.sql too', () => {
  expect(failed('Encountered ")" .', 20)).toBe('The statement at line 20 failed: Encountered ")"');
});

test('where Flink names no place, it is named by its number', () => {
  expect(failed('Sort on a non-time-attribute field is not supported.', null)).toBe(
    'Statement 4 failed: Sort on a non-time-attribute field is not supported',
  );
});

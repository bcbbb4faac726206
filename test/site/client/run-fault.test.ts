import { describe, expect, test } from 'vitest';
import type { SqlError } from '#sandbox/protocol/sql.ts';
import { outputLines } from '../../../site/src/client/output-lines.ts';
import { outputParts } from '../../../site/src/client/output-parts.ts';
import { faultOf } from '../../../site/src/client/run-fault.ts';
import { NO_RUN, type RunView } from '../../../site/src/client/run-state.ts';

describe('the line that a run failed on', () => {
  test('is the one that its error names', () => {
    const cause = { message: 'TypeError: x', place: 'main.ts:16', hint: null };
    expect(faultOf({ ...NO_RUN, cause })).toEqual({ file: 'main.ts', line: 16, message: 'TypeError: x' });
    expect(faultOf({ ...NO_RUN, cause: { ...cause, place: null } })).toBeNull();
    expect(faultOf(NO_RUN)).toBeNull();
  });

  test('of SQL is the place of the error, else the statement', () => {
    const range = (line: number) => ({ line, column: 1, endLine: line + 3, endColumn: 9 });
    const error: SqlError = { code: 'invalid_sql', message: 'Column not found.', range: range(15) };
    const failed = (given: SqlError): RunView => ({
      ...NO_RUN,
      result: { kind: 'sql-failed', index: 1, error: given, durationMs: 3 },
      sql: {
        rows: {},
        statements: [
          {
            ...{ index: 1, file: 'main.sql', range: range(12), kind: 'insert', status: 'failed', columns: [], jobId: null },
            ...{ changeCount: 0, error: given },
          },
        ],
      },
    });
    expect(faultOf(failed(error))).toMatchObject({ file: 'main.sql', line: 15 });
    expect(faultOf(failed({ ...error, range: null }))).toMatchObject({ line: 12 });
  });
});

describe('the stack of an error', () => {
  const report = [
    'file:///workspace/node_modules/kafkajs/src/encoder.js:38',
    '      throw new TypeError(1);',
    '            ^',
    '',
    'TypeError: value must be a string',
    '    at write (/workspace/node_modules/kafkajs/src/main.ts:40:11)',
    '    at file:///workspace/main.ts:9:16',
    '    at node:internal/main:1:2',
    '',
    'Node.js v24.11.1',
  ];
  const parts = (texts: readonly string[], isExplained: boolean) =>
    outputParts(
      outputLines(texts.map((text, seq) => ({ seq, stream: 'stderr', text: `${text}\n`, atMs: seq }))),
      ['main.ts'],
      isExplained,
    );

  test('is folded with all of the report when its cause is shown, and says how many lines are of the learner', () => {
    expect(parts(['connected', ...report, 'bye'], true)).toMatchObject([
      { kind: 'line', line: { text: 'connected' } },
      { kind: 'stack', own: 1, lines: { length: report.length } },
      { kind: 'line', line: { text: 'bye' } },
    ]);
  });

  test('leaves the message in view when nothing explains it', () => {
    const shown = parts(report, false);
    expect(shown.flatMap((part) => (part.kind === 'line' ? part.line.text : []))).toContain('TypeError: value must be a string');
    expect(shown.filter(({ kind }) => kind === 'stack')).toMatchObject([{ lines: { length: 3 }, own: 1 }]);
  });

  test('never loses or moves a line', () => {
    for (const texts of [[], report, [...report, ...report], ['    at one'], ['a', '    at x', 'b', '    at y', '    at z']]) {
      for (const isExplained of [true, false]) {
        const back = parts(texts, isExplained).flatMap((part) => (part.kind === 'line' ? part.line : part.lines));
        expect(back.map(({ text }) => text)).toEqual(texts);
      }
    }
  });
});

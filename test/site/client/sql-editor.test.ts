import { describe, expect, test } from 'vitest';
import type { SqlChecked } from '#sandbox/protocol/sql.ts';
import { waitingFor } from '#sandbox/protocol/waiting.ts';
import type { Outcome } from '../../../site/src/client/api/problem.ts';
import { markersOf } from '../../../site/src/client/editor/flink-sql/markers.ts';
import { hasLeftWord, sqlPlaceAt } from '../../../site/src/client/editor/flink-sql/place.ts';
import { suggestionsAt } from '../../../site/src/client/editor/flink-sql/suggestions.ts';
import { createSqlCheck } from '../../../site/src/client/sql-check.ts';

/** The place of the caret, which `|` marks. */
function placeIn(text: string) {
  const [before = '', after = ''] = text.split('|');
  return sqlPlaceAt(before, after);
}
const labels = (text: string) => suggestionsAt(placeIn(text)).map(({ label }) => label);

describe('completion depends on the place of the caret', () => {
  test('in a comment, a string and a number, nothing fits', () => {
    for (const text of ['-- sel|', '/* a\n |', "SELECT 'sel|", 'SELECT 12|', "WITH ('connector' = '|')"]) {
      expect(placeIn(text), text).toEqual({ kind: 'nowhere' });
    }
  });

  test('at the start of each statement, statement snippets come', () => {
    expect(labels('|')).toContain('INSERT INTO … SELECT …');
    expect(labels("SET 'a;b' = 'c'; -- new\nins|")).toContain('INSERT INTO … SELECT …');
    expect(labels('SELECT x; SELECT |')).not.toContain('INSERT INTO … SELECT …');
  });

  test('after a dot, only Flink knows what fits', () => {
    expect(placeIn('SELECT o.|').kind).toBe('member');
    expect(placeIn('SELECT o.sta|').kind).toBe('member');
    expect(labels('SELECT o.|')).toEqual([]);
  });

  test('letters continue a word, anything else leaves it', () => {
    const then = { before: 'SELECT a FRO', after: '\n;' };
    const since = (typed: string) => hasLeftWord(then, `${then.before}${typed}${then.after}`);
    expect([since(''), since('M'), since('M TABLE(TU)'), since('M '), hasLeftWord(then, 'SELECT a FR\n;')]).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  test('inside TABLE(, the windows come', () => {
    expect(labels('SELECT * FROM TABLE(TU|')).toEqual(['TUMBLE', 'HOP', 'CUMULATE', 'SESSION']);
    expect(placeIn('SELECT * FROM TABLE(TUMBLE(TABLE r|').kind).toBe('word');
  });

  test('in the options of a table, its connector decides which names fit', () => {
    const kafka = "CREATE TABLE t (id INT) WITH ('connector' = 'kafka', '|";
    expect(labels(kafka)).toContain('scan.startup.mode');
    expect(labels(kafka)).not.toContain('sink.buffer-flush.interval');
    const upsert = "CREATE TABLE t (id INT) WITH ('sc|', 'connector' = 'upsert-kafka'); SELECT 1";
    expect(placeIn(upsert)).toEqual({ kind: 'option', connector: 'upsert-kafka' });
    expect(labels(upsert)).not.toContain('scan.startup.mode');
    expect(labels("SELECT * FROM t /*+ OPTIONS('|') */")).toContain('scan.startup.mode');
    expect(labels("SET 'tab|'")).toContain('table.local-time-zone');
  });
});

test('a mark includes the last letter of the range, and the same error is marked once', () => {
  const error = {
    code: 'invalid_sql',
    message: 'no such column',
    range: { line: 2, column: 8, endLine: 2, endColumn: 12 },
  } as const;
  expect(markersOf([error, error, { ...error, range: null }])).toEqual([
    { severity: 8, message: 'no such column', startLineNumber: 2, startColumn: 8, endLineNumber: 2, endColumn: 13 },
  ]);
});

describe('checking while the learner types', () => {
  /** A check whose clock and server are the test's. */
  function checking() {
    const timers: { ms: number; run: () => void }[] = [];
    const asked: { text: string; answer: (checked: SqlChecked) => Promise<void> }[] = [];
    const found: unknown[] = [];
    let text = 'a';
    const changed = createSqlCheck({
      files: () => ({ 'main.sql': text }),
      ask: (files) =>
        new Promise<Outcome<SqlChecked>>((resolve) => {
          asked.push({
            text: files['main.sql'] ?? '',
            answer: async (value) => {
              resolve({ ok: true, value });
              await new Promise(setImmediate);
            },
          });
        }),
      later: (ms, run) => {
        const timer = { ms, run };
        timers.push(timer);
        return () => {
          if (timers.includes(timer)) timers.splice(timers.indexOf(timer), 1);
        };
      },
      onChecked: (what) => found.push(what),
    });
    return {
      found,
      asked,
      timers,
      type: (next: string) => {
        text = next;
        changed();
      },
      pass: () => timers.shift()?.run(),
    };
  }

  test('sends one request after the last key', () => {
    const { type, timers, pass, asked } = checking();
    type('ab');
    type('abc');
    expect(timers.map(({ ms }) => ms)).toEqual([400]);
    pass();
    expect(asked.map(({ text }) => text)).toEqual(['abc']);
  });

  test('ignores a response for a text that has changed since', async () => {
    const { type, pass, asked, found } = checking();
    type('ab');
    pass();
    type('abc');
    await asked[0]!.answer({ checked: true, awaiting: null, errors: [] });
    expect(found).toEqual([]);
    pass();
    await asked[1]!.answer({ checked: true, awaiting: null, errors: [] });
    expect(found).toEqual([expect.objectContaining({ awaiting: null, errors: [] })]);
  });

  test('shows what it waits for while there is no Flink, and tries again until there is', async () => {
    const { type, pass, asked, found, timers } = checking();
    type('ab');
    pass();
    await asked[0]!.answer({ checked: false, awaiting: waitingFor('flink'), errors: [] });
    expect(found).toEqual([{ awaiting: waitingFor('flink'), errors: [] }]);
    pass();
    await asked[1]!.answer({ checked: true, awaiting: null, errors: [] });
    expect(timers).toEqual([]);
  });
});

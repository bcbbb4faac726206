import { describe, expect, test } from 'vitest';
import { splitSql } from '#sandbox/languages/flink-sql/split.ts';

const split = (text: string) => splitSql({ name: 'main.sql', text });
const texts = (text: string) => split(text).map(({ run }) => run.sql);

describe('where a statement ends', () => {
  test('statements end at semicolons, and the last one at the end of the file', () => {
    expect(texts('SET a = 1;\nSELECT 1 ; \n\nSELECT 2')).toEqual(['SET a = 1', 'SELECT 1', 'SELECT 2']);
  });

  test('a file of space, comments and semicolons has no statement', () => {
    expect(texts(' ;; -- nothing; here\n/* nor; here */ ; // nor here\n')).toEqual([]);
  });

  test.each([
    ["'a;b'", "SELECT 'a;b' FROM t"],
    ["'it''s; so'", "SELECT 'it''s; so'"],
    ['"a;""b;"', 'SELECT "a;""b;"'],
    ['`a;``b;`', 'SELECT `a;``b;` FROM t'],
    ['a line comment', 'SELECT 1 -- one; two\n, 2'],
    ['a comment of two slashes', "SELECT 1 // it's; two\n, 2"],
    ['a block comment', "SELECT /* it's; -- */ 1"],
    ['an empty block comment', 'SELECT /**/ 1'],
    ['a hint', "SELECT * FROM t /*+ OPTIONS('a'='x;*/y') */"],
    ['a quote that opens a comment', "SELECT '--', '/*'"],
    ['a comment that opens a quote', "SELECT 1 -- don't\n"],
    ['an escaped quote', "SELECT E'it\\'s; so'"],
  ])('a semicolon in %s does not end it', (_where, statement) => {
    expect(texts(`${statement};SELECT 2;`)).toEqual([statement.replace(/ -- don't\n$/, ''), 'SELECT 2']);
  });

  test.each([["SELECT 'open; SELECT 2"], ['SELECT `open; SELECT 2'], ['SELECT "open; SELECT 2']])(
    'an unclosed quote extends to the end of the file: %s',
    (text) => expect(texts(text)).toEqual([text]),
  );

  test('comments before a statement do not belong to it, those inside do', () => {
    expect(texts('-- first\n/* and */ SELECT /* in */ 1 -- after\n;')).toEqual(['SELECT /* in */ 1']);
  });
});

describe('statement sets', () => {
  test('EXECUTE STATEMENT SET is one statement up to its END, whatever CASE does in it', () => {
    const set = 'EXECUTE STATEMENT SET\nBEGIN\nINSERT INTO a SELECT CASE WHEN x THEN 1 END FROM t;\nINSERT INTO b SELECT 2;\nEND';
    expect(texts(`${set};\nSELECT 1;`)).toEqual([set, 'SELECT 1']);
    expect(split(set)[0]?.explain.sql).toBe(set.replace('EXECUTE', 'EXPLAIN'));
  });

  test('BEGIN STATEMENT SET is sent as one statement', () => {
    const [set, after] = split('begin statement set;\nINSERT INTO a SELECT 1;\nINSERT INTO b SELECT 2;\nend;\nSELECT 1;');
    expect(set).toMatchObject({ kind: 'insert', range: { line: 1, column: 1, endLine: 4, endColumn: 3 } });
    expect(set?.run.sql).toBe('EXECUTE STATEMENT SET BEGIN\nINSERT INTO a SELECT 1;\nINSERT INTO b SELECT 2;\nend');
    expect(set?.explain.sql).toBe('EXPLAIN STATEMENT SET BEGIN\nINSERT INTO a SELECT 1;\nINSERT INTO b SELECT 2;\nend');
    expect(after?.run.sql).toBe('SELECT 1');
  });

  test('EXPLAIN of a set is one statement that a check runs', () => {
    const set = 'EXPLAIN CHANGELOG_MODE, JSON_EXECUTION_PLAN STATEMENT SET BEGIN INSERT INTO a SELECT 1; END';
    expect(split(`${set}; SELECT 1`)).toMatchObject([{ run: { sql: set }, kind: 'other', explained: false }, { kind: 'query' }]);
  });
});

describe('places', () => {
  test('a range counts lines and columns from 1, both ends included', () => {
    expect(split('\n  SELECT 1;SELECT\n  22\n;').map(({ range }) => range)).toEqual([
      { line: 2, column: 3, endLine: 2, endColumn: 10 },
      { line: 2, column: 12, endLine: 3, endColumn: 4 },
    ]);
  });

  test('CRLF is one line end', () => {
    expect(split('SET a = 1;\r\nSELECT 1').map(({ range }) => range.line)).toEqual([1, 2]);
  });
});

describe('kinds', () => {
  test.each([
    ['SELECT 1', 'query', true],
    ['(SELECT 1) UNION ALL (SELECT 2)', 'query', true],
    ['with x as (select 1) select * from x', 'query', true],
    ['VALUES (1)', 'query', true],
    ['insert into a select 1', 'insert', true],
    ['CREATE TEMPORARY TABLE IF NOT EXISTS a (x INT, y AS x + 1) WITH (...)', 'other', false],
    ["CREATE TABLE a WITH ('connector' = 'kafka') /* why */ AS SELECT 1", 'insert', true],
    ['CREATE VIEW a AS SELECT 1', 'other', false],
    ["SET 'a' = 'b'", 'other', false],
    ['EXPLAIN SELECT 1', 'other', false],
    ['SELCT 1', 'other', true],
  ])('%s', (text, kind, explained) => expect(split(text)).toMatchObject([{ kind, explained }]));
});

import { describe, expect, test } from 'vitest';
import { contextOfCursor } from '#sandbox/languages/flink-sql/cursor.ts';

/** Returns the place of `|` in a text. */
function contextAt(text: string) {
  const cursor = text.indexOf('|');
  return contextOfCursor(text.replace('|', ''), cursor);
}

test('the statement around the cursor is found, with what is typed of a word', () => {
  expect(contextAt('SET a = 1;\nSELECT am| FROM orders; SELECT 2')).toMatchObject({
    statement: 'SELECT am FROM orders',
    offset: 9,
    partial: 'am',
    wants: 'anything',
  });
});

test('space after a statement that goes on belongs to it', () => {
  expect(contextAt('SELECT * FROM  |')).toMatchObject({ statement: 'SELECT * FROM  ', offset: 15, partial: '' });
});

test('each insert of a statement set is a separate statement', () => {
  const set = 'EXECUTE STATEMENT SET BEGIN\n';
  expect(contextAt(`${set}INSERT INTO a SELECT |;\nINSERT INTO b SELECT 1; END`)?.statement).toBe('INSERT INTO a SELECT ');
  expect(contextAt(`${set}INSERT INTO a SELECT 1;\nINSERT INTO b SELECT |; END`)?.statement).toBe('INSERT INTO b SELECT ');
});

describe('nothing is completed', () => {
  test.each([
    ['SELECT 1; |'],
    ['|'],
    ["SELECT 'a|b'"],
    ['SELECT `a|b`'],
    ['SELECT 1 -- a|'],
    ['SELECT /* a| */ 1'],
    ['SELECT 1 // x|\n'],
  ])('at %s', (text) => expect(contextAt(text)).toBeNull());

  test('but it is after a comment and in a hint', () => {
    expect(contextAt('SELECT /* a */ |')).not.toBeNull();
    expect(contextAt("SELECT * FROM t /*+ OPT|IONS('a'='b') */")).not.toBeNull();
  });
});

describe('what the words before the cursor require', () => {
  test.each([
    ['INSERT INTO |', 'tables'],
    ['INSERT INTO pay|', 'tables'],
    ['SELECT * FROM TABLE(TUMBLE(TABLE |', 'tables'],
    ['SELECT * FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(|', 'columns'],
    ['SELECT * FROM a JOIN |', 'tables'],
    ['DESCRIBE |', 'tables'],
    ['CREATE TABLE |', 'anything'],
    ['CREATE TEMPORARY TABLE |', 'anything'],
    ['SELECT |', 'anything'],
  ])('%s: %s', (text, wants) => expect(contextAt(text)?.wants).toBe(wants));
});

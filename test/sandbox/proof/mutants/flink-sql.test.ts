import { expect, test } from 'vitest';
import type { Surroundings } from '#sandbox/proof/mutants/contract/edit.ts';
import { flinkSqlEdits, OPERATORS } from '#sandbox/proof/mutants/flink-sql/edits.ts';

const surroundings: Surroundings = {
  topics: ['orders', 'big-orders'],
  fields: [],
  before: "CREATE TABLE payments (kind STRING, cents BIGINT, WATERMARK FOR t AS t) WITH ('connector' = 'kafka');",
};
const table = (columns: string, options = "'a' = 'b'") => `CREATE TABLE t (${columns}) WITH (${options});`;
const conditions = "SELECT 1 WHERE a BETWEEN 1 AND 2 AND b = 'x AND y';";

/** Operator, text, and all texts that the operator makes of it. */
const ROWS: readonly (readonly [keyof typeof OPERATORS, string, readonly string[]])[] = [
  ['drop-insert', 'SET a; INSERT INTO t SELECT 1; SELECT 2;', ['SET a; ; SELECT 2;']],
  ['select-only', 'INSERT INTO t SELECT 1;', ['SELECT 1;']],
  ['insert-twice', 'INSERT INTO t SELECT 1', ['INSERT INTO t SELECT 1;\nINSERT INTO t SELECT 1']],
  [
    'other-table',
    `${table('a INT')} INSERT INTO t SELECT 1 FROM payments;`,
    [`${table('a INT')} INSERT INTO payments SELECT 1 FROM payments;`, `${table('a INT')} INSERT INTO t SELECT 1 FROM t;`],
  ],
  [
    'other-column',
    'SELECT kind, cents, other FROM payments;',
    ['SELECT cents, cents, other FROM payments;', 'SELECT kind, kind, other FROM payments;'],
  ],
  [
    'hopping-window',
    "SELECT 1 FROM TUMBLE(TABLE t, DESCRIPTOR(a), INTERVAL '1' MINUTE);",
    ["SELECT 1 FROM HOP(TABLE t, DESCRIPTOR(a), INTERVAL '1' MINUTE, INTERVAL '2' MINUTE);"],
  ],
  [
    'add-setting',
    'SELECT 1;',
    ["SET 'execution.runtime-mode' = 'batch';\nSELECT 1;", "SET 'table.exec.state.ttl' = '1 s';\nSELECT 1;"],
  ],
  [
    'drop-declaration',
    table('a INT, t TIMESTAMP(3), WATERMARK FOR t AS t'),
    [table('t TIMESTAMP(3), WATERMARK FOR t AS t'), table('a INT, WATERMARK FOR t AS t'), table('a INT, t TIMESTAMP(3)')],
  ],
  ['other-type', table('a BIGINT, b DOUBLE'), [table('a SMALLINT, b DOUBLE'), table('a BIGINT, b INT')]],
  ['drop-option', table('a INT', "'a' = 'b', 'c' = 'd'"), [table('a INT', "'c' = 'd'"), table('a INT', "'a' = 'b'")]],
  [
    'other-option',
    table('a INT, b INT', "'topic' = 'orders', 'value.format' = 'json'"),
    [
      table('a INT, b INT', "'topic' = 'big-orders', 'value.format' = 'json'"),
      table('a INT, b INT', "'topic' = 'orders', 'value.format' = 'csv'"),
    ],
  ],
  ['other-option', table('a INT, b INT', "'key.fields' = 'a'"), [table('a INT, b INT', "'key.fields' = 'b'")]],
  [
    'bounded-source',
    table('a INT', "'scan.startup.mode' = 'x'"),
    [table('a INT', " 'scan.bounded.mode' = 'latest-offset','scan.startup.mode' = 'x'")],
  ],
  ['bounded-source', table('a INT', "'topic' = 'x'"), []],
  [
    'drop-condition',
    'SELECT 1 FROM t WHERE a = 1 GROUP BY b HAVING c > 2;',
    ['SELECT 1 FROM t  GROUP BY b HAVING c > 2;', 'SELECT 1 FROM t WHERE a = 1 GROUP BY b ;'],
  ],
  ['drop-condition', conditions, ["SELECT 1 WHERE b = 'x AND y';", 'SELECT 1 WHERE a BETWEEN 1 AND 2;']],
  [
    'negate',
    conditions,
    ["SELECT 1 WHERE NOT (a BETWEEN 1 AND 2) AND b = 'x AND y';", "SELECT 1 WHERE a BETWEEN 1 AND 2 AND NOT (b = 'x AND y');"],
  ],
  ['or-for-and', conditions, ["SELECT 1 WHERE a BETWEEN 1 AND 2 OR b = 'x AND y';"]],
  ['and-for-or', 'SELECT 1 WHERE a OR b;', ['SELECT 1 WHERE a AND b;']],
  [
    'drop-group-key',
    'SELECT a FROM t GROUP BY a, f(b, c);',
    ['SELECT a FROM t GROUP BY f(b, c);', 'SELECT a FROM t GROUP BY a;'],
  ],
  ['drop-group-key', 'SELECT a FROM t GROUP BY a HAVING b;', ['SELECT a FROM t  HAVING b;']],
  ['swap-columns', 'SELECT a, f(b, c), d FROM t;', ['SELECT f(b, c), a, d FROM t;', 'SELECT a, d, f(b, c) FROM t;']],
  [
    'other-join',
    'SELECT 1 FROM a LEFT JOIN b ON c JOIN d ON e;',
    [
      'SELECT 1 FROM a JOIN b ON c JOIN d ON e;',
      'SELECT 1 FROM a FULL JOIN b ON c JOIN d ON e;',
      'SELECT 1 FROM a LEFT JOIN b ON c LEFT JOIN d ON e;',
    ],
  ],
  ['union-distinct', 'SELECT 1 UNION ALL SELECT 2;', ['SELECT 1 UNION  SELECT 2;']],
  ['add-limit', 'INSERT INTO t SELECT 1;', ['INSERT INTO t SELECT 1\nLIMIT 10;']],
  ['drop-distinct', 'SELECT COUNT(DISTINCT a);', ['SELECT COUNT( a);']],
  [
    'add-distinct',
    'SELECT COUNT(*), SUM(a), MAX(b);',
    ['SELECT DISTINCT COUNT(*), SUM(a), MAX(b);', 'SELECT COUNT(*), SUM(DISTINCT a), MAX(b);'],
  ],
  ['drop-branch', 'SELECT CASE WHEN a THEN -b ELSE c END;', ['SELECT -b;', 'SELECT c;']],
  [
    'drop-branch',
    'SELECT CASE WHEN a THEN b WHEN c THEN CASE WHEN x THEN y END ELSE d END;',
    [
      'SELECT CASE  WHEN c THEN CASE WHEN x THEN y END ELSE d END;',
      'SELECT CASE WHEN a THEN b  ELSE d END;',
      'SELECT CASE WHEN a THEN b WHEN c THEN CASE WHEN x THEN y END  END;',
      'SELECT CASE WHEN a THEN b WHEN c THEN y ELSE d END;',
    ],
  ],
  [
    'drop-function',
    'SELECT UPPER(a), COALESCE(b, 0), CAST(c AS INT);',
    ['SELECT a, COALESCE(b, 0), CAST(c AS INT);', 'SELECT UPPER(a), b, CAST(c AS INT);', 'SELECT UPPER(a), COALESCE(b, 0), c;'],
  ],
  [
    'other-function',
    'SELECT MAX(a), COUNT(*), UPPER(b);',
    [
      ...['MIN', 'SUM', 'COUNT', 'AVG'].map((name) => `SELECT ${name}(a), COUNT(*), UPPER(b);`),
      'SELECT MAX(a), COUNT(*), LOWER(b);',
    ],
  ],
  [
    'other-interval',
    "SELECT INTERVAL '1' MINUTE;",
    ["SELECT INTERVAL '2' MINUTE;", "SELECT INTERVAL '1' HOUR;", "SELECT INTERVAL '1' SECOND;"],
  ],
  [
    'other-interval',
    table("WATERMARK FOR t AS t - INTERVAL '20' SECOND"),
    [
      ...['21', '19', '40'].map((size) => table(`WATERMARK FOR t AS t - INTERVAL '${size}' SECOND`)),
      table("WATERMARK FOR t AS t - INTERVAL '20' MINUTE"),
    ],
  ],
  ['other-comparison', 'SELECT a <= b, c <> d;', ['SELECT a < b, c <> d;', 'SELECT a > b, c <> d;', 'SELECT a <= b, c = d;']],
  ['other-comparison', "/* = */ SELECT '='; SET 'a' = 'b';", ["/* = */ SELECT '='; SET 'a' <> 'b';"]],
  ['other-calculation', 'SELECT -a, b - c, COUNT(*);', ['SELECT a, b - c, COUNT(*);', 'SELECT -a, b + c, COUNT(*);']],
  [
    'other-number',
    'SELECT 10, CAST(a AS DECIMAL(10, 2));',
    ['SELECT 11, CAST(a AS DECIMAL(10, 2));', 'SELECT 9, CAST(a AS DECIMAL(10, 2));', 'SELECT 100, CAST(a AS DECIMAL(10, 2));'],
  ],
  [
    'other-text',
    "SELECT 'ab', INTERVAL '1' DAY, `c`;",
    ['', 'abx', 'AB'].map((text) => `SELECT '${text}', INTERVAL '1' DAY, \`c\`;`),
  ],
];

test.each(ROWS)('%s changes %s', (operator, text, expected) => {
  const made = flinkSqlEdits(text, surroundings).filter((edit) => edit.operator === operator);
  const texts = made.map(({ start, end, text: after }) => text.slice(0, start) + after + text.slice(end));
  expect(texts.sort()).toEqual([...expected].sort());
});

test('each operator has a row', () => {
  const tried = new Set<string>(ROWS.filter(([, , expected]) => expected.length > 0).map(([operator]) => operator));
  expect(Object.keys(OPERATORS).filter((name) => !tried.has(name))).toEqual([]);
});

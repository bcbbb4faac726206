import { expect, test } from 'vitest';
import { foldChanges } from '#sandbox/languages/flink-sql/fold.ts';
import type { SqlChange } from '#sandbox/protocol/sql.ts';

function folded(changes: [SqlChange['op'], ...(string | null)[]][], limits = { shown: 3, kept: 5 }) {
  const fold = foldChanges(limits);
  for (const [op, ...values] of changes) fold.apply({ op, values });
  return fold.table();
}

test('an updated row keeps its place', () => {
  const table = folded([
    ['+I', 'a', '1'],
    ['+I', 'b', '1'],
    ['-U', 'a', '1'],
    ['+U', 'a', '2'],
  ]);
  expect(table).toEqual({
    rows: [
      ['a', '2'],
      ['b', '1'],
    ],
    total: 2,
  });
});

test('equal rows are counted separately', () => {
  expect(
    folded([
      ['+I', 'x'],
      ['+I', 'x'],
      ['-D', 'x'],
    ]),
  ).toEqual({ rows: [['x']], total: 1 });
});

test('a row that is deleted without a replacement disappears, and is new when it returns', () => {
  expect(
    folded([
      ['+I', 'a'],
      ['+I', 'b'],
      ['-U', 'a'],
      ['+I', 'c'],
      ['+U', 'a'],
    ]).rows,
  ).toEqual([['b'], ['c'], ['a']]);
});

test('null and the text null are different values', () => {
  expect(
    folded([
      ['+I', null],
      ['+I', 'null'],
      ['-D', 'null'],
    ]).rows,
  ).toEqual([[null]]);
});

test('only the first rows are shown and a limited number is kept, but all are counted', () => {
  const rows = Array.from({ length: 8 }, (_, i): ['+I', string] => ['+I', `${i}`]);
  expect(folded(rows)).toEqual({ rows: [['0'], ['1'], ['2']], total: 8 });
  expect(folded([...rows, ['-D', '7'], ['-D', '0']])).toEqual({ rows: [['1'], ['2'], ['3']], total: 6 });
});

test('a change of a row that was only counted changes nothing that is shown', () => {
  const fold = foldChanges({ shown: 5, kept: 1 });
  for (const value of ['a', 'b']) fold.apply({ op: '+I', values: [value] });
  fold.apply({ op: '-U', values: ['b'] });
  fold.apply({ op: '+U', values: ['c'] });
  expect(fold.table()).toEqual({ rows: [['a']], total: 2 });
});

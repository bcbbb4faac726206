import { expect, test } from 'vitest';
import { createRandom } from '#sandbox/generators/random.ts';
import { type DiffRow, foldSame, lineDiff } from '../../../site/src/client/line-diff.ts';

const signs = { same: ' ', removed: '-', added: '+' };
const text = (rows: readonly DiffRow[]) => rows.map((row) => signs[row.kind] + row.text);

test('a changed line is the old one, then the new one, between the lines that stayed', () => {
  expect(text(lineDiff('a\nb\nc', 'a\nx\nc'))).toEqual([' a', '-b', '+x', ' c']);
  expect(text(lineDiff('a\nb', 'a\nnew\nb\nend'))).toEqual([' a', '+new', ' b', '+end']);
  expect(lineDiff('a\nb', 'b')).toEqual([
    { kind: 'removed', text: 'a', old: 1, new: null },
    { kind: 'same', text: 'b', old: 2, new: 1 },
  ]);
});

test('both texts can be read back from a comparison, whatever they are', () => {
  const random = createRandom(7, 'diff');
  const some = () => Array.from({ length: random.int(0, 12) }, () => 'abcd'[random.int(0, 3)]).join('\n');
  for (let round = 0; round < 300; round++) {
    const [before, after] = [some(), some()];
    const rows = lineDiff(before, after);
    const back = (gone: DiffRow['kind']) => rows.filter(({ kind }) => kind !== gone).map((row) => row.text);
    expect(back('added').join('\n')).toBe(before);
    expect(back('removed').join('\n')).toBe(after);
  }
});

test('two long texts without anything in common are compared too', () => {
  const long = (word: string) => Array.from({ length: 3_000 }, (_, index) => `${word} ${index}`).join('\n');
  const rows = lineDiff(long('a'), long('b'));
  expect(rows.filter(({ kind }) => kind === 'removed')).toHaveLength(3_000);
  expect(rows.filter(({ kind }) => kind === 'added')).toHaveLength(3_000);
});

test('long stretches that stayed are folded to their number', () => {
  const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`);
  const rows = foldSame(lineDiff(lines.join('\n'), lines.with(20, 'changed').join('\n')));
  expect(rows.filter((row) => row.kind === 'fold').map(({ count }) => count)).toEqual([17, 16]);
  expect(rows.filter((row) => row.kind === 'same')).toHaveLength(6);
  expect(foldSame(lineDiff('a', 'a'))).toEqual([{ kind: 'fold', count: 1, at: 0 }]);
});

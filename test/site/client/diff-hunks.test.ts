import { expect, test } from 'vitest';
import { createRandom } from '#sandbox/generators/random.ts';
import { type DiffHunk, hunksOf, placesThatDiffer } from '../../../site/src/client/diff-hunks.ts';
import { lineDiff } from '../../../site/src/client/line-diff.ts';

const textIn = (side: 'old' | 'new', hunks: readonly DiffHunk[], whole: string): string => {
  const lines = whole.split('\n');
  let at = 0;
  const shown = hunks.flatMap((hunk) => {
    if (hunk.kind === 'fold') {
      at += hunk.count;
      return lines.slice(at - hunk.count, at);
    }
    const rows = hunk.kind === 'same' ? hunk.rows : side === 'old' ? hunk.removed : hunk.added;
    at += rows.length;
    expect(rows.map((row) => row[side])).toEqual(rows.map((_, index) => at - rows.length + index + 1));
    return rows.map(({ text }) => text);
  });
  return shown.join('\n');
};

test('each side of a comparison holds its whole text in order with its own line numbers, whatever the texts are', () => {
  const random = createRandom(11, 'hunks');
  const some = () => Array.from({ length: random.int(0, 40) }, () => 'abcde'[random.int(0, 4)]).join('\n');
  for (let round = 0; round < 300; round++) {
    const [before, after] = [some(), random.int(0, 3) === 0 ? some().repeat(2) : some()];
    const hunks = hunksOf(lineDiff(before, after));
    expect(textIn('old', hunks, before)).toBe(before);
    expect(textIn('new', hunks, after)).toBe(after);
  }
});

test('no two neighbours are of one kind, so that a place that differs is one', () => {
  const random = createRandom(12, 'hunks');
  const some = () => Array.from({ length: random.int(0, 40) }, () => 'ab'[random.int(0, 1)]).join('\n');
  for (let round = 0; round < 300; round++) {
    const kinds = hunksOf(lineDiff(some(), some())).map(({ kind }) => kind);
    expect(kinds.filter((kind, index) => kind === kinds[index - 1])).toEqual([]);
  }
});

test('places that differ are counted, not lines', () => {
  expect(placesThatDiffer(hunksOf(lineDiff('a\nb\nc\nd', 'a\nx\ny\nc\nd\ne')))).toBe(2);
  expect(placesThatDiffer(hunksOf(lineDiff('a', 'a')))).toBe(0);
});

/** Groups the rows of a comparison into what stayed and what changed. Pure. */
import { type DiffRow, foldSame } from './line-diff.ts';

/** Lines that stayed, lines that differ, or how many that stayed are not shown. `at` tells one from another. */
export type DiffHunk =
  | { kind: 'same'; at: number; rows: readonly DiffRow[] }
  | { kind: 'change'; at: number; removed: readonly DiffRow[]; added: readonly DiffRow[] }
  | { kind: 'fold'; at: number; count: number };

/** Returns the rows in order, neighbours of a kind together; of a change, what only the old text has comes first. */
export function hunksOf(rows: readonly DiffRow[]): DiffHunk[] {
  const hunks: DiffHunk[] = [];
  for (const row of foldSame(rows)) {
    const last = hunks.at(-1);
    const at = hunks.length;
    if (row.kind === 'fold') hunks.push({ kind: 'fold', at, count: row.count });
    else if (row.kind === 'same') {
      if (last?.kind === 'same') hunks[at - 1] = { ...last, rows: [...last.rows, row] };
      else hunks.push({ kind: 'same', at, rows: [row] });
    } else {
      const change = last?.kind === 'change' ? last : { kind: 'change' as const, at, removed: [], added: [] };
      const grown = { ...change, [row.kind]: [...change[row.kind], row] };
      hunks[change.at] = grown;
    }
  }
  return hunks;
}

/** Returns how many places differ: neighbouring lines are one place. */
export function placesThatDiffer(hunks: readonly DiffHunk[]): number {
  return hunks.filter(({ kind }) => kind === 'change').length;
}

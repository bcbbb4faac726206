/** Compares two texts line by line. Pure. */

export interface DiffRow {
  kind: 'same' | 'removed' | 'added';
  text: string;
  /** Number of the line in the old and in the new text, from 1; null where it is not there. */
  old: number | null;
  new: number | null;
}

/** Most pairs of lines that are compared; beyond, what differs is shown as one block. A file of 2,000 lines against itself changed all over. */
const MAX_PAIRS = 4_000_000;

/** Returns the lines of both texts in order, with as many as possible the same. */
export function lineDiff(before: string, after: string): DiffRow[] {
  const old = before.split('\n');
  const next = after.split('\n');
  let start = 0;
  while (start < Math.min(old.length, next.length) && old[start] === next[start]) start++;
  let tail = 0;
  while (tail < Math.min(old.length, next.length) - start && old.at(-1 - tail) === next.at(-1 - tail)) tail++;
  const rows: DiffRow[] = [];
  let a = 0;
  let b = 0;
  const same = () => rows.push({ kind: 'same', text: old[a] ?? '', old: ++a, new: ++b });
  const removed = () => rows.push({ kind: 'removed', text: old[a] ?? '', old: ++a, new: null });
  const added = () => rows.push({ kind: 'added', text: next[b] ?? '', old: null, new: ++b });

  while (a < start) same();
  const [endOld, endNew] = [old.length - tail, next.length - tail];
  const left = commonAhead(old.slice(start, endOld), next.slice(start, endNew));
  while (a < endOld || b < endNew) {
    if (a < endOld && b < endNew && old[a] === next[b] && left) same();
    else if (a < endOld && (b >= endNew || !left || left(a - start + 1, b - start) >= left(a - start, b - start + 1))) removed();
    else added();
  }
  while (a < old.length) same();
  return rows;
}

/** Returns how many lines two texts can share from a line of each on; null when that is too much to compute. */
function commonAhead(old: readonly string[], next: readonly string[]): ((a: number, b: number) => number) | null {
  if (old.length * next.length > MAX_PAIRS) return null;
  const width = next.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  for (let a = old.length - 1; a >= 0; a--) {
    for (let b = next.length - 1; b >= 0; b--) {
      const below = lengths[(a + 1) * width + b] ?? 0;
      const right = lengths[a * width + b + 1] ?? 0;
      const beyond = lengths[(a + 1) * width + b + 1] ?? 0;
      lengths[a * width + b] = old[a] === next[b] ? beyond + 1 : Math.max(below, right);
    }
  }
  return (a, b) => lengths[a * width + b] ?? 0;
}

/** Lines around a difference that are shown with it. */
const AROUND = 3;

/** Replaces long stretches of the same lines by their number. */
export function foldSame(rows: readonly DiffRow[]): (DiffRow | { kind: 'fold'; count: number; at: number })[] {
  const near = rows.map((_, index) =>
    rows.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== 'same'),
  );
  const folded: (DiffRow | { kind: 'fold'; count: number; at: number })[] = [];
  for (const [index, row] of rows.entries()) {
    const last = folded.at(-1);
    if (near[index]) folded.push(row);
    else if (last?.kind === 'fold') last.count += 1;
    else folded.push({ kind: 'fold', count: 1, at: index });
  }
  return folded;
}

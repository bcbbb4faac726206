/** Most edits between a word and what was meant: a third of its letters, at least one. */
const MOST_EDITS = (length: number) => Math.max(1, Math.floor(length / 3));

/** Returns the name that a misspelt word most likely means, whatever its case; null when none is near. */
export function nearest(word: string, names: Iterable<string>): string | null {
  let best: { name: string; edits: number } | null = null;
  for (const name of names) {
    if (name === word) continue;
    const edits = editsBetween(word.toLowerCase(), name.toLowerCase());
    if (edits <= MOST_EDITS(word.length) && (best === null || edits < best.edits)) best = { name, edits };
  }
  return best?.name ?? null;
}

/** Counts letters to insert, leave out, replace or swap with the next one (optimal string alignment). */
function editsBetween(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isSwap) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[other.length] ?? 0;
}

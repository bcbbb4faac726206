/** Returns the one range in which two texts differ: `[start, end)` of the old one becomes `text`. */
export function difference(old: string, next: string): { start: number; end: number; text: string } {
  const shortest = Math.min(old.length, next.length);
  let start = 0;
  while (start < shortest && old[start] === next[start]) start++;
  let tail = 0;
  while (tail < shortest - start && old[old.length - 1 - tail] === next[next.length - 1 - tail]) tail++;
  return { start, end: old.length - tail, text: next.slice(start, next.length - tail) };
}

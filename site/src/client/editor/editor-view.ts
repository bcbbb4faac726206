import type { SqlRange } from '#sandbox/protocol/sql.ts';

/** The view of the files: the plain field from the first paint on, Monaco once it has loaded. */
export interface EditorView {
  /** Opens a file. */
  open: (file: OpenFile) => void;
  /** Changes the text of the open file, leaving caret and scroll in place where the text around them is unchanged. */
  replace: (text: string) => void;
  /** Selects a range of the open file, scrolls to it and takes the focus. */
  reveal: (range: SqlRange) => void;
}

export interface OpenFile {
  name: string;
  text: string;
  readOnly: boolean;
}

/** Returns the one range in which two texts differ: `[start, end)` of the old one becomes `text`. */
export function difference(old: string, next: string): { start: number; end: number; text: string } {
  const shortest = Math.min(old.length, next.length);
  let start = 0;
  while (start < shortest && old[start] === next[start]) start++;
  let tail = 0;
  while (tail < shortest - start && old[old.length - 1 - tail] === next[next.length - 1 - tail]) tail++;
  return { start, end: old.length - tail, text: next.slice(start, next.length - tail) };
}

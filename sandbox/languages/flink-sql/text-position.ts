import type { SqlRange } from '#sandbox/protocol/sql.ts';

const LINE_END = /\r\n|\n|\r/g;

/** Returns the place of an offset; lines and columns count from 1, columns in UTF-16 units as Flink and the editor count them. */
export function positionOf(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (const match of text.matchAll(LINE_END)) {
    const next = match.index + match[0].length;
    if (next > offset) break;
    line += 1;
    lineStart = next;
  }
  return { line, column: offset - lineStart + 1 };
}

/** Returns the offset of a place; one beyond the line or the text counts as its end. */
export function offsetOf(text: string, { line, column }: { line: number; column: number }): number {
  let lineStart = 0;
  let current = 1;
  for (const match of text.matchAll(LINE_END)) {
    if (current === line) return Math.min(lineStart + column - 1, match.index);
    lineStart = match.index + match[0].length;
    current += 1;
  }
  return current === line ? Math.min(lineStart + column - 1, text.length) : text.length;
}

/** Returns the range from `start` to the character before `end`. */
export function rangeOf(text: string, start: number, end: number): SqlRange {
  const from = positionOf(text, start);
  const to = positionOf(text, Math.max(start, end - 1));
  return { ...from, endLine: to.line, endColumn: to.column };
}

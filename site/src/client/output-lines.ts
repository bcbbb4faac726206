import type { OutputChunk } from '#sandbox/protocol/run.ts';

export interface OutputLine {
  /** Counts from 0; stays the same when more output comes. */
  number: number;
  atMs: number;
  stream: OutputChunk['stream'];
  text: string;
}

/**
 * Splits a program's output into lines. A chunk may hold several, or a part of one. A line has the time of its first piece; a different
 * stream starts a new line.
 */
export function outputLines(chunks: readonly OutputChunk[]): OutputLine[] {
  const lines: OutputLine[] = [];
  let open: OutputLine | null = null;
  for (const { text, stream, atMs } of chunks) {
    if (open && open.stream !== stream) open = null;
    const pieces = text.split('\n');
    for (const [index, piece] of pieces.entries()) {
      const last = index === pieces.length - 1;
      if (last && piece === '') break;
      if (open) open.text += piece;
      else {
        open = { number: lines.length, atMs, stream, text: piece };
        lines.push(open);
      }
      if (!last) open = null;
    }
  }
  return lines;
}

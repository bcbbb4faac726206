import type { OutputChunk } from '#sandbox/protocol/run.ts';

export interface OutputLine {
  /** From 0; stays the same while more output comes. */
  number: number;
  atMs: number;
  stream: OutputChunk['stream'];
  text: string;
}

/**
 * A program's output as lines: a chunk may hold several or a part of one. A line carries the time of its first piece; another stream
 * begins a line of its own.
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

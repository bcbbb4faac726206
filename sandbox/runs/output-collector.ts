import type { OutputChunk } from '#sandbox/protocol/run.ts';

/** Text of one stream that came in the same batch is joined; a batch goes out at most this often. */
const BATCH_MS = 40;

/**
 * What a program printed, joined to few chunks and bounded in bytes. The chunks handed to `onChunks` are the ones that `chunks()`
 * gives, so a reader of both can tell by `seq` what it has seen.
 */
export class OutputCollector {
  readonly #chunks: OutputChunk[] = [];
  readonly #onChunks: (chunks: OutputChunk[]) => void;
  readonly #maxBytes: number;
  #batch: Omit<OutputChunk, 'seq'>[] = [];
  #bytes = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: { maxBytes: number; onChunks: (chunks: OutputChunk[]) => void }) {
    this.#maxBytes = options.maxBytes;
    this.#onChunks = options.onChunks;
  }

  add({ stream, text, atMs }: Omit<OutputChunk, 'seq'>): void {
    const kept = stream === 'system' ? text : this.#cut(text);
    if (kept === '') return;
    const last = this.#batch.at(-1);
    if (last?.stream === stream) last.text += kept;
    else this.#batch.push({ stream, text: kept, atMs });
    this.#timer ??= setTimeout(() => this.flush(), BATCH_MS);
  }

  /** Hands out what waits. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const batch = this.#batch.map((chunk, index) => ({ seq: this.#chunks.length + index, ...chunk }));
    this.#batch = [];
    if (batch.length === 0) return;
    this.#chunks.push(...batch);
    this.#onChunks(batch);
  }

  /** Everything so far, in order. */
  chunks(): OutputChunk[] {
    this.flush();
    return this.#chunks;
  }

  #cut(text: string): string {
    const bytes = Buffer.from(text);
    const room = this.#maxBytes - this.#bytes;
    this.#bytes += Math.min(bytes.length, room);
    // A code point that the cut would halve is left out: U+FFFD stands in for it at the end of the decoded text.
    return bytes.length <= room
      ? text
      : bytes
          .subarray(0, room)
          .toString('utf8')
          .replace(/\uFFFD$/, '');
  }
}

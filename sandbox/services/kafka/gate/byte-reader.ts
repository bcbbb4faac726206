/** Reads a stream of bytes in pieces of known length, whatever the chunks in which it arrives. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#chunks = source[Symbol.asyncIterator]();
  }

  /** Returns the next `count` bytes and leaves them to be read; null when the stream ends before them. For a few bytes only. */
  async peek(count: number): Promise<Buffer | null> {
    while (this.#rest.length < count) {
      const chunk = await this.#next();
      if (!chunk) return null;
      this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    }
    return this.#rest.subarray(0, count);
  }

  /** Returns the next `count` bytes, copied only where they arrived in several chunks; null when the stream ends before them. */
  async take(count: number): Promise<Buffer | null> {
    if (this.#rest.length >= count) return this.#cut(count);
    const bytes = Buffer.allocUnsafeSlow(count);
    let filled = this.#rest.copy(bytes);
    this.#rest = this.#rest.subarray(filled);
    while (filled < count) {
      const chunk = await this.#next();
      if (!chunk) return null;
      const copied = chunk.copy(bytes, filled);
      filled += copied;
      this.#rest = chunk.subarray(copied);
    }
    return bytes;
  }

  #cut(count: number): Buffer {
    const bytes = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    return bytes;
  }

  async #next(): Promise<Buffer | null> {
    const { done, value } = await this.#chunks.next();
    return done ? null : value;
  }
}

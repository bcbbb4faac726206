/** Called when an answer has arrived to its end, with its first bytes behind the length. */
export type OnAnswer = (head: Buffer) => void;

const LENGTH_BYTES = 4;
const KEPT_BYTES = 16;

/** Follows a broker's answers on one connection, which come in the order of the requests. */
export class Answers {
  readonly #expected: OnAnswer[] = [];
  readonly #head = Buffer.alloc(LENGTH_BYTES + KEPT_BYTES);
  /** Bytes of the current answer that have arrived, with its length. */
  #seen = 0;

  expect(onAnswer: OnAnswer): void {
    this.#expected.push(onAnswer);
  }

  see(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) {
      const count = Math.min(this.#missing(), chunk.length - at);
      if (this.#seen < this.#head.length) chunk.copy(this.#head, this.#seen, at, at + count);
      at += count;
      this.#seen += count;
      if (this.#seen > LENGTH_BYTES - 1 && this.#missing() === 0) this.#end();
    }
  }

  /** Nothing more will be answered. */
  abandon(): void {
    for (const onAnswer of this.#expected.splice(0)) onAnswer(Buffer.alloc(0));
  }

  #missing(): number {
    return this.#seen < LENGTH_BYTES ? LENGTH_BYTES - this.#seen : LENGTH_BYTES + this.#head.readInt32BE(0) - this.#seen;
  }

  #end(): void {
    const head = Buffer.from(this.#head.subarray(LENGTH_BYTES, Math.min(this.#seen, this.#head.length)));
    this.#seen = 0;
    this.#expected.shift()?.(head);
  }
}

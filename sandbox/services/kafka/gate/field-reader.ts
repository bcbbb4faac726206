import { Refusal } from './refusal.ts';

/** Reads the fields of a request one after the other. Every method throws a Refusal where the bytes end before the field does. */
export class FieldReader {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.#skip(2));
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#skip(4));
  }

  skip(count: number): void {
    this.#skip(count);
  }

  /** Unsigned, of at most 32 bits. */
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes.readUInt8(this.#skip(1));
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new Refusal('a number in a request has no end');
  }

  /** Returns the bytes of a field with `length`, which is below 0 for none. */
  take(length: number): Buffer {
    if (length <= 0) return this.#bytes.subarray(0, 0);
    const from = this.#skip(length);
    return this.#bytes.subarray(from, from + length);
  }

  #skip(count: number): number {
    const from = this.#at;
    if (count > this.#bytes.length - from) throw new Refusal('a field of a request is longer than the request');
    this.#at = from + count;
    return from;
  }
}

/**
 * The blocks of snappy-java's format: a header of 16 bytes, then each block with its length in front, and the inflated length as the first
 * number in it. A broker allocates both lengths as they are announced. Other clients send one block without header and length.
 *
 * @see https://github.com/xerial/snappy-java, SnappyInputStream
 */
const MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const HEADER_BYTES = 16;
const LENGTH_BYTES = 4;

/** Returns the bytes that data say they inflate to. Infinity when a block is longer than the data. */
export function snappySize(data: Buffer): number {
  if (!data.subarray(0, MAGIC.length).equals(MAGIC)) return announced(data);
  let size = 0;
  for (let at = HEADER_BYTES; at < data.length; ) {
    const bytes = at + LENGTH_BYTES <= data.length ? data.readInt32BE(at) : -1;
    const from = at + LENGTH_BYTES;
    if (bytes < 0 || bytes > data.length - from) return Number.POSITIVE_INFINITY;
    size += announced(data.subarray(from, from + bytes));
    at = from + bytes;
  }
  return size;
}

/** Reads the number at the start of a block: 7 bits a byte, the lowest first. */
function announced(block: Buffer): number {
  let size = 0;
  for (const [index, byte] of block.subarray(0, 5).entries()) {
    size += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return size;
  }
  return Number.POSITIVE_INFINITY;
}

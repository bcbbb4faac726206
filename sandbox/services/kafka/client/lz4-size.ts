// LZ4 frame format 1.6: block maximum size by the code in bits 4 to 6 of the BD byte.
const BLOCK_MAX_BYTES = new Map([
  [4, 64 * 1024],
  [5, 256 * 1024],
  [6, 1024 * 1024],
  [7, 4 * 1024 * 1024],
]);
const FLAGS_AT = 4;
const BLOCK_SUM_FLAG = 0x10;
const CONTENT_SIZE_FLAG = 0x08;
const DICTIONARY_FLAG = 0x01;

/** Returns the most bytes that an LZ4 frame can inflate to, by its number of blocks. Infinity when it is not an LZ4 frame. */
export function lz4MaxSize(frame: Buffer): number {
  if (frame.length < 7) return Number.POSITIVE_INFINITY;
  const flags = frame.readUInt8(FLAGS_AT);
  const blockMaxBytes = BLOCK_MAX_BYTES.get((frame.readUInt8(FLAGS_AT + 1) >> 4) & 7);
  if (blockMaxBytes === undefined) return Number.POSITIVE_INFINITY;
  let at = FLAGS_AT + 2 + (flags & CONTENT_SIZE_FLAG ? 8 : 0) + (flags & DICTIONARY_FLAG ? 4 : 0) + 1;
  let size = 0;
  while (at + 4 <= frame.length) {
    const blockBytes = frame.readUInt32LE(at) & 0x7fffffff;
    if (blockBytes === 0) break;
    size += blockMaxBytes;
    at += 4 + blockBytes + (flags & BLOCK_SUM_FLAG ? 4 : 0);
  }
  return size;
}

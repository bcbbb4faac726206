/**
 * Limits the inflated size of compressed batches. A learner's program can store a batch of 1 MB that inflates to gigabytes, and the
 * client library inflates whatever it receives, inside the server's process.
 */
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { compressionsAlgorithms } from '@platformatic/kafka';
import { KafkaError } from './error.ts';
import { lz4MaxSize } from './lz4-size.ts';

type Inflate = (data: Buffer, maxBytes: number) => Buffer;

let bytesLeft = 0;

/**
 * Runs the synchronous decoding of one answer, which may inflate at most `maxBytes` in total.
 * @throws KafkaError RECORD_BATCH_TOO_LARGE
 */
export function withInflateLimit<T>(maxBytes: number, decode: () => T): T {
  bytesLeft = maxBytes;
  return decode();
}

const { gzip, zstd, lz4, snappy } = compressionsAlgorithms;
const inflateLz4 = lz4.decompressSync;
const inflateSnappy = snappy.decompressSync;
// Snappy: a copy element of 3 bytes gives at most 64, so the input bounds the output.
const SNAPPY_MAX_RATIO = 22;
limit(gzip, (data, maxBytes) => gunzipSync(data, { maxOutputLength: maxBytes }));
limit(zstd, (data, maxBytes) => zstdDecompressSync(data, { maxOutputLength: maxBytes }));
limit(snappy, (data, maxBytes) => inflateSnappy(checked(data, data.length * SNAPPY_MAX_RATIO, maxBytes)));
limit(lz4, (data, maxBytes) => inflateLz4(checked(data, lz4MaxSize(data), maxBytes)));

function limit(algorithm: object, inflate: Inflate): void {
  Object.assign(algorithm, {
    decompressSync: (data: Buffer) => {
      const inflated = tryInflate(inflate, data);
      bytesLeft -= inflated.length;
      return inflated;
    },
  });
}

function tryInflate(inflate: Inflate, data: Buffer): Buffer {
  try {
    return inflate(data, Math.max(1, bytesLeft));
  } catch (cause) {
    throw new KafkaError('RECORD_BATCH_TOO_LARGE', 'decompressing records', { cause });
  }
}

function checked(data: Buffer, maxSize: number, maxBytes: number): Buffer {
  if (maxSize > maxBytes) throw new RangeError(`${data.length} bytes may inflate to ${maxSize}, more than ${maxBytes}`);
  return data;
}

import { gzipSync, zstdCompressSync } from 'node:zlib';
import { compressionsAlgorithms } from '@platformatic/kafka';
import { describe, expect, test } from 'vitest';
import { withInflateLimit } from '#sandbox/services/kafka/client/inflate-limit.ts';

const { gzip, zstd, lz4, snappy } = compressionsAlgorithms;
const TEXT = Buffer.from('the quick brown fox '.repeat(500));
const algorithms = { gzip, zstd, lz4, snappy };

describe.each(Object.keys(algorithms) as (keyof typeof algorithms)[])('%s', (name) => {
  test('inflates a batch that stays below the limit', () => {
    const packed = algorithms[name].compressSync(TEXT);
    expect(withInflateLimit(1024 * 1024, () => algorithms[name].decompressSync(packed)).equals(TEXT)).toBe(true);
  });

  test('rejects a batch that would inflate beyond the limit', () => {
    const packed = algorithms[name].compressSync(Buffer.alloc(4 * 1024 * 1024));
    expect(() => withInflateLimit(1024 * 1024, () => algorithms[name].decompressSync(packed))).toThrow('RECORD_BATCH_TOO_LARGE');
  });
});

test('the batches of one answer count together', () => {
  const packed = gzipSync(Buffer.alloc(600_000));
  expect(() => withInflateLimit(1_000_000, () => [1, 2].map(() => gzip.decompressSync(packed)))).toThrow(
    'RECORD_BATCH_TOO_LARGE',
  );
  expect(withInflateLimit(1_300_000, () => [1, 2].map(() => gzip.decompressSync(packed)))).toHaveLength(2);
});

test('rejects bytes that are not compressed data', () => {
  expect(() => withInflateLimit(1000, () => zstd.decompressSync(Buffer.from('nonsense')))).toThrow('RECORD_BATCH_TOO_LARGE');
  expect(zstdCompressSync(TEXT).length).toBeLessThan(TEXT.length);
});

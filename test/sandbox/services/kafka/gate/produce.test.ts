import { gzipSync, zstdCompressSync } from 'node:zlib';
import { compressionsAlgorithms } from '@platformatic/kafka';
import { expect, test } from 'vitest';
import { checkProduce } from '#sandbox/services/kafka/gate/check-produce.ts';
import { Learner } from '#sandbox/services/kafka/gate/learner.ts';
import { parseHead } from '#sandbox/services/kafka/gate/request-head.ts';
import { int32, produceRequest, recordBatch } from './gate-fixture.ts';

const MB = 1024 * 1024;
const GZIP = 1;
const SNAPPY = 2;
const LZ4 = 3;
const ZSTD = 4;
const { snappy, lz4 } = compressionsAlgorithms;

const check = (bytes: Buffer) => checkProduce(bytes, parseHead(bytes), new Learner());
const text = Buffer.from('what lessons send, again and again, '.repeat(20_000));

test('tells how a request is acknowledged, and how many records it has', async () => {
  const bytes = produceRequest([recordBatch(text, { records: 5 }), recordBatch(text, { records: 7 })], { acks: 1 });
  expect(await check(bytes)).toEqual({ acks: 1, records: 12 });
});

test.each([
  ['gzip', GZIP, gzipSync(text)],
  ['snappy', SNAPPY, snappy.compressSync(text)],
  ['lz4', LZ4, lz4.compressSync(text)],
  ['zstd', ZSTD, zstdCompressSync(text)],
])('records that a client compressed with %s pass', async (_name, compression, data) => {
  await expect(check(produceRequest([recordBatch(data, { compression })]))).resolves.toMatchObject({ records: 1 });
});

const zeros = Buffer.alloc(17 * MB);
const start = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
/** Blocks of 4 MB that each end with a sum of 0, which without the flag would be the frame's end. */
const lz4WithSums = (blocks: number) =>
  Buffer.concat([
    Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x70, 0x70, 0]),
    ...Array.from({ length: blocks }, () => Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, 0])),
  ]);
const large = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x07]);

test.each([
  ['gzip that becomes 17 MB', GZIP, gzipSync(zeros), 'inflate to more than'],
  ['gzip with a second stream', GZIP, Buffer.concat([gzipSync(text), gzipSync(zeros)]), 'inflate to more than'],
  ['zstd that becomes 17 MB', ZSTD, zstdCompressSync(zeros), 'inflate to more than'],
  ['zstd with a second frame', ZSTD, Buffer.concat([zstdCompressSync(text), zstdCompressSync(zeros)]), 'behind their end'],
  ['zstd with a window of 128 MB', ZSTD, Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x88, 0x03, 0, 0x10, 0]), 'cannot be inflated'],
  ['a cut gzip', GZIP, gzipSync(text).subarray(0, 100), 'cannot be inflated'],
  ['snappy that announces 2 GB', SNAPPY, large, 'inflate to more than'],
  ['snappy with a block that announces 2 GB', SNAPPY, Buffer.concat([start, int32(5), large]), 'inflate to more than'],
  ['snappy with a block longer than the batch', SNAPPY, Buffer.concat([start, int32(500 * MB), large]), 'inflate to more than'],
  ['lz4 with five blocks of 4 MB', LZ4, lz4.compressSync(zeros), 'inflate to more than'],
  ['lz4 whose blocks have sums', LZ4, lz4WithSums(5), 'inflate to more than'],
  ['a method that does not exist', 5, text, 'which does not exist'],
])('%s is refused', async (_name, compression, data, reason) => {
  await expect(check(produceRequest([recordBatch(data, { compression })]))).rejects.toThrow(reason);
});

test('all batches of a request count together', async () => {
  const batch = recordBatch(gzipSync(Buffer.alloc(9 * MB)), { compression: GZIP });
  await expect(check(produceRequest([batch]))).resolves.toMatchObject({ records: 1 });
  await expect(check(produceRequest([batch, batch]))).rejects.toThrow('inflate to more than');
});

test.each([
  ['too many records', produceRequest([recordBatch(text, { records: 50_001 })]), 'has 50,001 records'],
  ['records of an old format', produceRequest([recordBatch(text, { magic: 1 })]), 'have format 1'],
  [
    'several batches for one partition',
    produceRequest([Buffer.concat([recordBatch(text), recordBatch(text)])]),
    'several batches',
  ],
  ['too many topics', produceRequest(Array.from({ length: 1100 }, () => recordBatch(Buffer.alloc(10)))), 'more than 2000 topics'],
  ['a batch that is cut', produceRequest([recordBatch(text).subarray(0, 1000)]), 'is cut'],
  ['a request that is cut', Buffer.concat([produceRequest([recordBatch(text)]).subarray(0, 1000)]), 'longer than the request'],
])('%s are refused', async (_name, bytes, reason) => {
  await expect(check(bytes)).rejects.toThrow(reason);
});

test('one program has at most some hundred producers', async () => {
  const learner = new Learner();
  const send = async (producerId: bigint) => {
    const bytes = produceRequest([recordBatch(Buffer.alloc(10), { producerId })]);
    return checkProduce(bytes, parseHead(bytes), learner);
  };
  for (let id = 0n; id < 500n; id++) await send(id % 50n);
  await expect(
    (async () => {
      for (let id = 0n; id < 1000n; id++) await send(id);
    })(),
  ).rejects.toThrow('too many');
});

import type { RecordsBatch } from '@platformatic/kafka';
import { expect, test } from 'vitest';
import { committedRecords } from '#sandbox/services/kafka/client/committed-records.ts';

const TRANSACTIONAL = 0x10;
const CONTROL = 0x30;
const ABORT = Buffer.from([0, 0, 0, 0]);
const COMMIT = Buffer.from([0, 0, 0, 1]);

function batch(firstOffset: number, values: (string | Buffer)[], changes: Partial<RecordsBatch> = {}): RecordsBatch {
  const records = values.map((value, offsetDelta) => ({
    length: 0,
    attributes: 0,
    timestampDelta: BigInt(offsetDelta),
    offsetDelta,
    key: typeof value === 'string' ? null : value,
    value: typeof value === 'string' ? Buffer.from(value) : null,
    headers: [],
  }));
  const lastOffsetDelta = values.length - 1;
  const times = { firstTimestamp: 100n, maxTimestamp: 200n };
  const producer = { producerId: -1n, producerEpoch: -1, firstSequence: -1 };
  const frame = { length: 0, partitionLeaderEpoch: 0, magic: 2, crc: 0, attributes: 0 };
  return { firstOffset: BigInt(firstOffset), lastOffsetDelta, records, ...times, ...producer, ...frame, ...changes };
}

function read(records: RecordsBatch[], { from = 0n, aborted = [] as { producerId: bigint; firstOffset: bigint }[] } = {}) {
  const partition = { partitionIndex: 3, errorCode: 0, highWatermark: 0n, lastStableOffset: 0n, logStartOffset: 0n };
  const result = committedRecords({ ...partition, abortedTransactions: aborted, preferredReadReplica: -1, records }, from);
  return { next: result.next, seen: result.records.map(({ offset, value }) => `${offset}:${value}`) };
}

test('an empty answer does not advance the offset', () => {
  expect(read([], { from: 7n })).toEqual({ next: 7n, seen: [] });
});

test('leaves out the records before the wanted offset of a batch that begins earlier', () => {
  expect(read([batch(4, ['a', 'b', 'c'])], { from: 5n })).toEqual({ next: 7n, seen: ['5:b', '6:c'] });
});

test('skips what compaction removed, also at the end of a batch', () => {
  const compacted = batch(0, ['a'], { lastOffsetDelta: 9 });
  expect(read([compacted, batch(30, ['b'])])).toEqual({ next: 31n, seen: ['0:a', '30:b'] });
});

test('leaves out records of an aborted transaction and all markers, but keeps committed records of the same producer', () => {
  const own = { producerId: 5n, attributes: TRANSACTIONAL };
  const marker = { producerId: 5n, attributes: CONTROL };
  const log = [batch(0, ['lost'], own), batch(1, [ABORT], marker), batch(2, ['kept'], own), batch(3, [COMMIT], marker)];
  expect(read(log, { aborted: [{ producerId: 5n, firstOffset: 0n }] })).toEqual({ next: 4n, seen: ['2:kept'] });
});

test('of two interleaved producers, only the one that aborted loses its records', () => {
  const log = [
    batch(0, ['a1'], { producerId: 1n, attributes: TRANSACTIONAL }),
    batch(1, ['b1'], { producerId: 2n, attributes: TRANSACTIONAL }),
    batch(2, ['a2'], { producerId: 1n, attributes: TRANSACTIONAL }),
    batch(3, [ABORT], { producerId: 1n, attributes: CONTROL }),
    batch(4, ['plain']),
  ];
  expect(read(log, { aborted: [{ producerId: 1n, firstOffset: 0n }] })).toEqual({ next: 5n, seen: ['1:b1', '4:plain'] });
});

test("a topic with LogAppendTime shows when the broker appended, not the producer's timestamp", () => {
  const partition = { partitionIndex: 0, errorCode: 0, highWatermark: 0n, lastStableOffset: 0n, logStartOffset: 0n };
  const records = [batch(0, ['a', 'b'], { attributes: 0x08 })];
  const result = committedRecords({ ...partition, abortedTransactions: null, preferredReadReplica: -1, records }, 0n);
  expect(result.records.map(({ timestampMs }) => timestampMs)).toEqual([200, 200]);
});

import type { fetchV17, RecordsBatch } from '@platformatic/kafka';

/** A record as the broker stores it, its bytes unchanged. */
export interface StoredRecord {
  partition: number;
  offset: bigint;
  timestampMs: number;
  key: Buffer | null;
  value: Buffer | null;
  headers: [string, Buffer | null][];
}

// Attributes of a record batch. Kafka: org.apache.kafka.common.record.DefaultRecordBatch
const LOG_APPEND_TIME = 0x08;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;
// Kafka: org.apache.kafka.common.record.ControlRecordType
const ABORT_MARKER = 0;

/**
 * Returns the records of one fetched partition that a reader of committed data sees, starting at `from`, and the next offset to
 * read. A batch may begin before `from`; markers and records of aborted transactions are left out, and what compaction removed is
 * skipped.
 */
export function committedRecords(
  fetched: fetchV17.FetchResponsePartition,
  from: bigint,
): { records: StoredRecord[]; next: bigint } {
  const aborted = firstOffsetsByProducer(fetched.abortedTransactions ?? []);
  const records: StoredRecord[] = [];
  let next = from;
  for (const batch of fetched.records ?? []) {
    const openAborts = aborted.get(batch.producerId) ?? [];
    const isAborted =
      (batch.attributes & TRANSACTIONAL) !== 0 && openAborts[0] !== undefined && openAborts[0] <= batch.firstOffset;
    const isControl = (batch.attributes & CONTROL) !== 0;
    if (isControl && isAborted && isAbortMarker(batch)) openAborts.shift();
    if (!isControl && !isAborted) records.push(...recordsOf(batch, fetched.partitionIndex, from));
    const after = batch.firstOffset + BigInt(batch.lastOffsetDelta) + 1n;
    if (after > next) next = after;
  }
  return { records, next };
}

function firstOffsetsByProducer(transactions: readonly { producerId: bigint; firstOffset: bigint }[]): Map<bigint, bigint[]> {
  const byProducer = Map.groupBy(transactions, ({ producerId }) => producerId);
  return new Map(
    [...byProducer].map(([producerId, own]) => [
      producerId,
      own.map(({ firstOffset }) => firstOffset).sort((a, b) => (a < b ? -1 : 1)),
    ]),
  );
}

function isAbortMarker(batch: RecordsBatch): boolean {
  const key = batch.records[0]?.key;
  return key !== undefined && key !== null && key.length >= 4 && key.readInt16BE(2) === ABORT_MARKER;
}

function recordsOf(batch: RecordsBatch, partition: number, from: bigint): StoredRecord[] {
  const appendTime = (batch.attributes & LOG_APPEND_TIME) !== 0;
  return batch.records.flatMap((record) => {
    const offset = batch.firstOffset + BigInt(record.offsetDelta);
    if (offset < from) return [];
    const headers = record.headers.map(([name, value]): [string, Buffer | null] => [String(name ?? ''), value]);
    const timestampMs = Number(appendTime ? batch.maxTimestamp : batch.firstTimestamp + record.timestampDelta);
    return [{ partition, offset, timestampMs, key: record.key, value: record.value, headers }];
  });
}

/**
 * @see https://kafka.apache.org/documentation/#recordbatch
 */
import { Refusal } from './refusal.ts';

export interface RecordBatch {
  /** 0: none, 1: gzip, 2: snappy, 3: lz4, 4: zstd. */
  compression: number;
  /** Of an idempotent or transactional producer; null of another. */
  producerId: bigint | null;
  /** How many records the broker will read. */
  records: number;
  /** The records, compressed as it says. */
  data: Buffer;
}

const LENGTH_AT = 8;
const MAGIC_AT = 16;
const ATTRIBUTES_AT = 21;
const PRODUCER_ID_AT = 43;
const NO_PRODUCER_ID = -1n;
const COUNT_AT = 57;
const DATA_AT = 61;
/** Offset and length come before what the length counts. */
const BEFORE_LENGTH = 12;
const MAGIC = 2;
const COMPRESSION_MASK = 0x07;

/**
 * Returns the batch of a record set, in which the broker takes exactly one; null when the set is empty.
 * @throws Refusal when there are several, or it is of the formats before Kafka 0.11, or cut
 */
export function batchOf(recordSet: Buffer): RecordBatch | null {
  if (recordSet.length === 0) return null;
  if (recordSet.length > MAGIC_AT && recordSet.readUInt8(MAGIC_AT) !== MAGIC) {
    throw new Refusal(`records have format ${recordSet.readUInt8(MAGIC_AT)}, which this broker does not take`);
  }
  const bytes = recordSet.length < DATA_AT ? 0 : BEFORE_LENGTH + recordSet.readInt32BE(LENGTH_AT);
  if (bytes < DATA_AT || bytes > recordSet.length) throw new Refusal('a batch of records is cut');
  if (bytes < recordSet.length) throw new Refusal('several batches of records are for one partition');
  const producerId = recordSet.readBigInt64BE(PRODUCER_ID_AT);
  return {
    compression: recordSet.readUInt16BE(ATTRIBUTES_AT) & COMPRESSION_MASK,
    producerId: producerId === NO_PRODUCER_ID ? null : producerId,
    records: recordSet.readInt32BE(COUNT_AT),
    data: recordSet.subarray(DATA_AT),
  };
}

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
 * Returns the batches of a record set.
 * @throws Refusal when one is of the formats before Kafka 0.11, or is cut
 */
export function batchesOf(recordSet: Buffer): RecordBatch[] {
  const batches: RecordBatch[] = [];
  for (let at = 0; at < recordSet.length; ) {
    const rest = recordSet.subarray(at);
    if (rest.length > MAGIC_AT && rest.readUInt8(MAGIC_AT) !== MAGIC) {
      throw new Refusal(`records have format ${rest.readUInt8(MAGIC_AT)}, which this broker does not take`);
    }
    const bytes = rest.length < DATA_AT ? 0 : BEFORE_LENGTH + rest.readInt32BE(LENGTH_AT);
    if (bytes < DATA_AT || bytes > rest.length) throw new Refusal('a batch of records is cut');
    const producerId = rest.readBigInt64BE(PRODUCER_ID_AT);
    batches.push({
      producerId: producerId === NO_PRODUCER_ID ? null : producerId,
      compression: rest.readUInt16BE(ATTRIBUTES_AT) & COMPRESSION_MASK,
      records: rest.readInt32BE(COUNT_AT),
      data: rest.subarray(DATA_AT, bytes),
    });
    at += bytes;
  }
  return batches;
}

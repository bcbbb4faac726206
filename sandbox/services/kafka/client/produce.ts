import { setTimeout as delay } from 'node:timers/promises';
import {
  compatibilityPartitioner,
  initProducerIdV5,
  type MessageRecord,
  NumericMap,
  ProduceAcks,
  produceV11,
} from '@platformatic/kafka';
import { KafkaError } from './error.ts';
import { metadataOf } from './read.ts';
import { groupByLeader, type TopicMetadata, type Wire } from './wire.ts';

const MAX_REQUEST_BYTES = 512 * 1024; // half of Kafka's message.max.bytes, for the records' own overhead
const MAX_REQUEST_RECORDS = 5000;
const ACK_TIMEOUT_MS = 4000;
// A batch stores timestamps as differences from its first, and the library encodes those from 2^31 ms (25 days) wrongly.
const MAX_TIME_SPAN_MS = 2 ** 30;

/** A record to append. Without `partition`, the key decides as in Kafka's default partitioner; without either, round-robin does. */
export interface NewRecord {
  key?: string | Buffer | null;
  value?: string | Buffer | null;
  headers?: Readonly<Record<string, string>> | undefined;
  partition?: number;
  timestampMs?: number;
}

export interface Coordinates {
  partition: number;
  offset: bigint;
}

/**
 * Appends records in order, each once, and returns their coordinates in the same order once every replica in sync has them.
 *
 * @throws KafkaError UNKNOWN_TOPIC_OR_PARTITION, TOPIC_AUTHORIZATION_FAILED, MESSAGE_TOO_LARGE
 * @throws PlatformError SERVICE_NOT_READY; records appended before stay
 */
export async function produce(wire: Wire, topic: string, records: readonly NewRecord[]): Promise<Coordinates[]> {
  if (records.length === 0) return [];
  const action = `producing to ${topic}`;
  const metadata = await wire.attempt(action, () => metadataOf(wire, topic));
  const placed = records.map((record, index) => place(record, index, metadata));
  const { producerId, producerEpoch } = await wire.attempt(action, async () =>
    initProducerIdV5.api.async(await wire.connection(), null, 0, -1n, -1),
  );
  const sequences = new NumericMap();
  const coordinates: Coordinates[] = [];
  for (const chunk of chunks(placed)) {
    const batch = { producerId, producerEpoch, sequences: new NumericMap(sequences) };
    // A retry repeats the producer id and sequence numbers, so the broker drops what it already has.
    const { bases, throttleMs } = await wire.attempt(action, () => send(wire, topic, chunk, batch));
    coordinates.push(...chunk.map(({ partition }) => ({ partition, offset: take(bases, partition) })));
    for (const { partition } of chunk) sequences.postIncrement(`${topic}:${partition}`, 1, 0);
    if (throttleMs > 0 && coordinates.length < records.length) await delay(throttleMs);
  }
  return coordinates;
}

interface PlacedRecord {
  partition: number;
  key: Buffer | null;
  value: Buffer | null;
  headers: Map<Buffer, Buffer>;
  timestampMs: number;
}

function place(record: NewRecord, index: number, { name, partitions }: TopicMetadata): PlacedRecord {
  const key = bytes(record.key);
  const partition =
    record.partition ?? (key ? compatibilityPartitioner({ topic: name, value: key }, key) : index) % partitions.length;
  if (!partitions.some((existing) => existing.partition === partition)) {
    throw new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `producing to ${name}, partition ${partition}`);
  }
  const headers = Object.entries(record.headers ?? {}).map(([name, text]): [Buffer, Buffer] => [
    Buffer.from(name),
    Buffer.from(text),
  ]);
  return { partition, key, value: bytes(record.value), headers: new Map(headers), timestampMs: record.timestampMs ?? Date.now() };
}

function bytes(data: string | Buffer | null | undefined): Buffer | null {
  return typeof data === 'string' ? Buffer.from(data) : (data ?? null);
}

function* chunks(records: readonly PlacedRecord[]): Generator<PlacedRecord[]> {
  let chunk: PlacedRecord[] = [];
  let size = 0;
  for (const record of records) {
    const recordSize = (record.key?.length ?? 0) + (record.value?.length ?? 0);
    const isFull = size + recordSize > MAX_REQUEST_BYTES || chunk.length >= MAX_REQUEST_RECORDS;
    const isFarInTime = Math.abs(record.timestampMs - (chunk[0]?.timestampMs ?? 0)) > MAX_TIME_SPAN_MS;
    if (chunk.length > 0 && (isFull || isFarInTime)) {
      yield chunk;
      chunk = [];
      size = 0;
    }
    chunk.push(record);
    size += recordSize;
  }
  yield chunk;
}

/** Returns the base offset of each partition's part of the chunk. */
async function send(
  wire: Wire,
  topic: string,
  chunk: readonly PlacedRecord[],
  batch: { producerId: bigint; producerEpoch: number; sequences: NumericMap },
): Promise<{ bases: Map<number, bigint>; throttleMs: number }> {
  const { partitions } = await metadataOf(wire, topic);
  const located = chunk.flatMap((record) =>
    partitions.filter(({ partition }) => partition === record.partition).map(({ leader }) => ({ record, leader })),
  );
  const answers = await Promise.all(
    groupByLeader(located).map(async ([leader, own]) => {
      const connection = await wire.connection(leader);
      const messages = own.map(({ record }) => message(topic, record));
      return produceV11.api.async(connection, ProduceAcks.ALL, ACK_TIMEOUT_MS, messages, batch);
    }),
  );
  const given = answers.flatMap((answer) => (typeof answer === 'boolean' ? [] : [answer]));
  const written = given.flatMap(({ responses }) => responses.flatMap(({ partitionResponses }) => partitionResponses));
  return {
    bases: new Map(written.map(({ index, baseOffset }) => [index, baseOffset])),
    throttleMs: Math.max(0, ...given.map(({ throttleTimeMs }) => throttleTimeMs)),
  };
}

function message(topic: string, { partition, key, value, headers, timestampMs }: PlacedRecord): MessageRecord {
  // The library's type excludes tombstones; its writer accepts them.
  return { topic, partition, ...(key && { key }), value: value as Buffer, headers, timestamp: BigInt(timestampMs) };
}

/** Returns the offset of the next record of `partition` in a chunk. */
function take(bases: Map<number, bigint>, partition: number): bigint {
  const offset = bases.get(partition);
  if (offset === undefined) throw new KafkaError('UNKNOWN_SERVER_ERROR', `producing to partition ${partition}`);
  bases.set(partition, offset + 1n);
  return offset;
}

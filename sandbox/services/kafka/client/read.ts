import { setTimeout as delay } from 'node:timers/promises';
import { PlatformError } from '#sandbox/errors.ts';
import type { StoredRecord } from './committed-records.ts';
import { isKafkaError, KafkaError } from './error.ts';
import { type Fetched, type FetchedPartition, fetchFrom, type ReadPosition } from './fetch.ts';
import { type Edge, listOffsets, type Offsets } from './offsets.ts';
import { readMetadata, type TopicMetadata, type Wire } from './wire.ts';

/** A transaction's end becomes visible a moment after the answer to its commit; one that stays open is not waited for longer. */
const OPEN_TRANSACTION_MS = 1500;
const POLL_MS = 10;
const MAX_BYTES = 64 * 1024 * 1024;
/** Records that one call steps over: each costs an inflating of 64 MB. */
const MOST_TOO_LARGE = 20;

export interface ReadOptions {
  /** Offset to start from, by partition; the start of the log where left out. */
  from?: Offsets;
  /** Partitions to read; all when left out. */
  partitions?: readonly number[];
  /** Most records to read, 100,000 when left out. */
  max?: number;
  /**
   * Called with the place of each record that is too large to be read, which is then left out, instead of an error; what lies beyond 20 of
   * them, or beyond 64 MB, is not read.
   */
  onTooLarge?: (place: { partition: number; offset: bigint }) => void;
  /** Records of open and aborted transactions as well. */
  uncommitted?: boolean;
  /** Time limit of the whole call, 20 s when left out. */
  timeoutMs?: number;
}

/**
 * Returns all records of a topic, committed ones unless asked for more, partition by partition in offset order, read until two listings of its ends agree.
 *
 * @throws KafkaError UNKNOWN_TOPIC_OR_PARTITION, TOPIC_AUTHORIZATION_FAILED; TOO_MANY_BYTES above 64 MB;
 *   RECORD_BATCH_TOO_LARGE for a compressed batch that inflates beyond 64 MB
 * @throws PlatformError SERVICE_NOT_READY when the broker is not responding, or has not sent everything after `timeoutMs`
 */
export async function readAll(wire: Wire, topic: string, options: ReadOptions = {}): Promise<StoredRecord[]> {
  const { max = 100_000, timeoutMs = 20_000 } = options;
  const started = performance.now();
  const metadata = await wire.attempt(`reading ${topic}`, () => metadataOf(wire, topic));
  const reading: Reading = {
    records: [],
    bytes: 0,
    max,
    isFull: false,
    uncommitted: options.uncommitted ?? false,
    tooLarge: options.onTooLarge ? { tell: options.onTooLarge, left: MOST_TOO_LARGE } : null,
    deadline: started + timeoutMs,
    transactionDeadline: started + OPEN_TRANSACTION_MS,
  };
  for (let open = positionsOf(metadata, options); open.length > 0 && reading.records.length < max && !reading.isFull; ) {
    const ends = await readToEnds(wire, reading, open);
    const again = await listEdge(wire, metadata, reading.uncommitted ? 'end' : 'stable');
    // A position that stopped below its end has only removed records ahead of it.
    open = open.filter(({ partition }) => (again.get(partition) ?? 0n) > (ends.get(partition) ?? 0n));
  }
  return reading.records.sort(byPartitionAndOffset).slice(0, max);
}

interface Reading {
  records: StoredRecord[];
  bytes: number;
  max: number;
  /** No more is read. */
  isFull: boolean;
  uncommitted: boolean;
  /** Null where a record that is too large is an error. */
  tooLarge: { tell: NonNullable<ReadOptions['onTooLarge']>; left: number } | null;
  deadline: number;
  transactionDeadline: number;
}

/** @throws KafkaError UNKNOWN_TOPIC_OR_PARTITION, LEADER_NOT_AVAILABLE when one of its partitions is offline */
export async function metadataOf(wire: Wire, topic: string): Promise<TopicMetadata> {
  const { topics } = await readMetadata(wire, [topic]);
  const [metadata] = topics;
  if (!metadata) throw new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `reading ${topic}`);
  if (metadata.isPartlyOffline) throw new KafkaError('LEADER_NOT_AVAILABLE', `reading ${topic}`);
  return metadata;
}

function positionsOf({ id, name, partitions }: TopicMetadata, options: ReadOptions): ReadPosition[] {
  return partitions
    .filter(({ partition }) => options.partitions?.includes(partition) ?? true)
    .map(({ partition, leader }) => ({
      topic: name,
      topicId: id,
      partition,
      leader,
      offset: options.from?.get(partition) ?? 0n,
    }));
}

/** Reads each position to the end that the broker last reported; returns those ends. */
async function readToEnds(wire: Wire, reading: Reading, positions: readonly ReadPosition[]): Promise<Offsets> {
  const ends = new Map<number, bigint>();
  let open = positions;
  while (open.length > 0 && reading.records.length < reading.max && !reading.isFull) {
    if (performance.now() > reading.deadline) throw tooSlow(open);
    const { partitions, throttleMs } = await wire.attempt('reading records', () =>
      fetchReadable(wire, reading, open).catch(async (error: unknown) => {
        await findLeaders(wire, open);
        throw error;
      }),
    );
    // A principal over its quota gets empty answers, and records again after the pause.
    if (throttleMs > 0) await delay(throttleMs);
    const before = new Map(open.map(({ partition, offset }) => [partition, offset]));
    for (const fetched of partitions) await take(wire, reading, fetched);
    for (const { position, stable } of partitions) {
      const isBeyond = position.offset > stable;
      ends.set(position.partition, isBeyond ? position.offset : stable);
    }
    const goesOn = partitions.filter((fetched) => !isDone(fetched, reading, throttleMs > 0, before));
    const waits = goesOn.every(({ position }) => position.offset === before.get(position.partition));
    if (goesOn.length > 0 && waits && throttleMs === 0) await delay(POLL_MS);
    open = goesOn.map(({ position }) => position);
  }
  return ends;
}

/** Fetches from each position. Where records may be too large, steps over them, one batch at a time. */
async function fetchReadable(wire: Wire, reading: Reading, positions: readonly ReadPosition[]): Promise<Fetched> {
  const { tooLarge } = reading;
  try {
    return await fetchFrom(wire, positions, { uncommitted: reading.uncommitted });
  } catch (error) {
    if (!tooLarge || !isKafkaError(error, 'RECORD_BATCH_TOO_LARGE')) throw error;
  }
  const partitions: FetchedPartition[] = [];
  let throttleMs = 0;
  for (const position of positions) {
    const fetched = await fetchBatch(wire, reading, position);
    partitions.push(...(fetched?.partitions ?? []));
    throttleMs = Math.max(throttleMs, fetched?.throttleMs ?? 0);
  }
  return { partitions, throttleMs };
}

/** Fetches the batch at a position, or the first one behind it that is not too large; null when too many are. */
async function fetchBatch(wire: Wire, reading: Reading, position: ReadPosition): Promise<Fetched | null> {
  const { tooLarge } = reading;
  for (;;) {
    try {
      return await fetchFrom(wire, [position], { partitionBytes: 1, uncommitted: reading.uncommitted });
    } catch (error) {
      if (!tooLarge || !isKafkaError(error, 'RECORD_BATCH_TOO_LARGE')) throw error;
      tooLarge.tell({ partition: position.partition, offset: position.offset });
      position.offset += 1n;
      tooLarge.left -= 1;
      reading.isFull = tooLarge.left === 0;
      if (reading.isFull) return null;
    }
  }
}

/** Adds the fetched records and advances the position. */
async function take(wire: Wire, reading: Reading, { position, outOfRange, next, records }: FetchedPartition): Promise<void> {
  position.offset = outOfRange ? await laterStart(wire, position) : next;
  for (const record of records) {
    reading.records.push(record);
    reading.bytes += (record.key?.length ?? 0) + (record.value?.length ?? 0);
  }
  if (reading.bytes <= MAX_BYTES) return;
  if (reading.tooLarge) reading.isFull = true;
  else throw new KafkaError('TOO_MANY_BYTES', `reading ${position.topic}`);
}

function isDone(
  { position, outOfRange, stable, end }: FetchedPartition,
  reading: Reading,
  throttled: boolean,
  before: Offsets,
): boolean {
  const hasMoved = position.offset !== before.get(position.partition);
  if (outOfRange) return !hasMoved; // beyond the end
  if (position.offset < stable) return !hasMoved && !throttled; // no records: compaction removed them
  return stable === end || performance.now() > reading.transactionDeadline;
}

/** Returns the log's start where retention has moved it beyond the position, else the position. */
async function laterStart(wire: Wire, { topic, partition, offset }: ReadPosition): Promise<bigint> {
  const metadata = await wire.attempt(`reading ${topic}`, () => metadataOf(wire, topic));
  const start = (await listEdge(wire, metadata, 'start')).get(partition) ?? offset;
  return start > offset ? start : offset;
}

async function listEdge(wire: Wire, metadata: TopicMetadata, edge: Edge): Promise<Offsets> {
  let current = metadata;
  const offsets = await wire.attempt(`listing offsets of ${metadata.name}`, () =>
    listOffsets(wire, [current], edge).catch(async (error: unknown) => {
      current = await metadataOf(wire, metadata.name);
      throw error;
    }),
  );
  return offsets.get(metadata.name) ?? new Map();
}

/** Updates the leaders of positions: after a broker has died, a different one leads. */
async function findLeaders(wire: Wire, positions: readonly ReadPosition[]): Promise<void> {
  const [first] = positions;
  if (!first) return;
  const { partitions } = await metadataOf(wire, first.topic);
  for (const position of positions) {
    position.leader = partitions.find(({ partition }) => partition === position.partition)?.leader ?? position.leader;
  }
}

function byPartitionAndOffset(a: StoredRecord, b: StoredRecord): number {
  return a.partition - b.partition || (a.offset < b.offset ? -1 : 1);
}

function tooSlow(open: readonly ReadPosition[]): PlatformError {
  const where = open.map(({ topic, partition, offset }) => `${topic}/${partition} at offset ${offset}`).join(', ');
  return new PlatformError('SERVICE_NOT_READY', {
    message: `Kafka did not send all records in time: ${where}.`,
    hint: 'Try again: the topic holds more than the quota allows in that time, or the broker is overloaded.',
  });
}

import { setTimeout as delay } from 'node:timers/promises';
import type { StoredRecord } from './committed-records.ts';
import { isKafkaError } from './error.ts';
import { type FetchedPartition, fetchFrom, type ReadPosition } from './fetch.ts';
import { listOffsets, type Offsets } from './offsets.ts';
import { readMetadata, type Wire } from './wire.ts';

/** What is new in one partition. `[start, end)` is what it then holds, records of open transactions included. */
export interface TailChange {
  topic: string;
  partition: number;
  start: bigint;
  end: bigint;
  records: StoredRecord[];
}

/** Follows topics as records land. One caller at a time. */
export interface Tail extends AsyncDisposable {
  /** Next offset to read, by topic and partition. */
  readonly positions: ReadonlyMap<string, Offsets>;
  /** Waits up to `maxWaitMs` for changes; empty when there were none. Deleted topics are left out from then on. */
  next(maxWaitMs: number): Promise<TailChange[]>;
}

/**
 * @param wire belongs to the tail from now on: a waiting fetch blocks every other request on its connection
 * @param from offset to begin at; the start of the log where left out
 */
export async function openTail(
  wire: Wire,
  topics: readonly string[],
  from: ReadonlyMap<string, Offsets> = new Map(),
): Promise<Tail> {
  let positions = await positionsOf(wire, topics, from);
  const edges = new Map<string, string>();
  return {
    get positions() {
      return byTopic(positions);
    },
    next: async (maxWaitMs) => {
      if (positions.length === 0) {
        await delay(maxWaitMs); // all deleted, or not created yet
        positions = await positionsOf(wire, topics, from);
        if (positions.length === 0) return [];
      }
      try {
        const { partitions, throttleMs } = await wire.attempt('following topics', () =>
          fetchFrom(wire, positions, { maxWaitMs }).catch(async (error: unknown) => {
            // After a broker has died, a different one leads.
            positions = await positionsOf(wire, topics, byTopic(positions));
            throw error;
          }),
        );
        if (partitions.some(({ outOfRange }) => outOfRange)) positions = await positionsOf(wire, topics, byTopic(positions));
        return throttleMs > 0 ? [] : partitions.flatMap((fetched) => advance(fetched, edges));
      } catch (error) {
        if (!isKafkaError(error, 'UNKNOWN_TOPIC_ID', 'UNKNOWN_TOPIC_OR_PARTITION', 'NOT_LEADER_OR_FOLLOWER')) throw error;
        positions = await positionsOf(wire, topics, byTopic(positions));
        return [];
      }
    },
    [Symbol.asyncDispose]: () => wire[Symbol.asyncDispose](),
  };
}

function advance(
  { position, records, next, start, end, outOfRange }: FetchedPartition,
  edges: Map<string, string>,
): TailChange[] {
  if (outOfRange) return [];
  position.offset = next;
  const { topic, partition } = position;
  const edge = `${start}-${end}`;
  if (records.length === 0 && edges.get(`${topic}/${partition}`) === edge) return [];
  edges.set(`${topic}/${partition}`, edge);
  return [{ topic, partition, start, end, records }];
}

async function positionsOf(wire: Wire, names: readonly string[], from: ReadonlyMap<string, Offsets>): Promise<ReadPosition[]> {
  return wire.attempt('following topics', async () => {
    const { topics } = await readMetadata(wire, null);
    const existing = topics.filter(({ name }) => names.includes(name));
    const starts = await listOffsets(wire, existing, 'start');
    return existing.flatMap(({ id, name, partitions }) =>
      partitions.map(({ partition, leader }) => {
        const start = starts.get(name)?.get(partition) ?? 0n;
        const wanted = from.get(name)?.get(partition) ?? start;
        return { topic: name, topicId: id, partition, leader, offset: wanted > start ? wanted : start };
      }),
    );
  });
}

function byTopic(positions: readonly ReadPosition[]): ReadonlyMap<string, Offsets> {
  const groups = Map.groupBy(positions, ({ topic }) => topic);
  return new Map([...groups].map(([topic, own]) => [topic, new Map(own.map(({ partition, offset }) => [partition, offset]))]));
}

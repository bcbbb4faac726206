import { setTimeout as delay } from 'node:timers/promises';
import { createTopicsV7, deleteRecordsV2, deleteTopicsV6 } from '@platformatic/kafka';
import { PlatformError } from '#sandbox/errors.ts';
import { isKafkaError, translateKafkaError } from './error.ts';
import type { Offsets } from './offsets.ts';
import { metadataOf } from './read.ts';
import { groupByLeader, readMetadata, type Wire } from './wire.ts';

const BROKER_TIMEOUT_MS = 4000;
const VISIBLE_TIMEOUT_MS = 10_000;
const POLL_MS = 5;

export interface NewTopic {
  name: string;
  partitions: number;
  /** The broker's default when left out. */
  replicas?: number | undefined;
  configs?: Readonly<Record<string, string>>;
}

/** Creates topics and returns when each of their partitions has a leader. A topic that already exists is left unchanged. */
export async function createTopics(wire: Wire, topics: readonly NewTopic[]): Promise<void> {
  if (topics.length === 0) return;
  const request = topics.map(({ name, partitions, replicas = -1, configs = {} }) => ({
    name,
    numPartitions: partitions,
    replicationFactor: replicas,
    assignments: [],
    configs: Object.entries(configs).map(([name, value]) => ({ name, value })),
  }));
  await ignoring('TOPIC_ALREADY_EXISTS', 'creating topics', () =>
    wire.attempt('creating topics', async () =>
      createTopicsV7.api.async(await wire.connection(), request, BROKER_TIMEOUT_MS, false),
    ),
  );
  await until(wire, 'creating topics', (seen) => topics.every(({ name, partitions }) => seen.get(name) === partitions));
}

/** Deletes topics and returns when the broker no longer lists them. Skips those that do not exist. */
export async function deleteTopics(wire: Wire, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const request = names.map((name) => ({ name }));
  await ignoring('UNKNOWN_TOPIC_OR_PARTITION', 'deleting topics', () =>
    wire.attempt('deleting topics', async () => deleteTopicsV6.api.async(await wire.connection(), request, BROKER_TIMEOUT_MS)),
  );
  await until(wire, 'deleting topics', (seen) => names.every((name) => !seen.has(name)));
}

/** Returns names and partition counts of all topics that the principal may see, without Kafka's own. */
export async function listTopics(wire: Wire): Promise<Map<string, number>> {
  const { topics } = await wire.attempt('listing topics', () => readMetadata(wire, null));
  return new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
}

/** Removes the records before offset `before` of each partition. */
export async function deleteRecords(wire: Wire, topic: string, before: Offsets): Promise<void> {
  await wire.attempt(`trimming ${topic}`, async () => {
    const { partitions } = await metadataOf(wire, topic);
    for (const [leader, own] of groupByLeader(partitions.filter(({ partition }) => before.has(partition)))) {
      const request = own.map(({ partition }) => ({ partitionIndex: partition, offset: before.get(partition) ?? 0n }));
      const connection = await wire.connection(leader);
      await deleteRecordsV2.api.async(connection, [{ name: topic, partitions: request }], BROKER_TIMEOUT_MS);
    }
  });
}

/** An earlier attempt may have done part of a batch, so what is already in the wanted state is not an error. */
async function ignoring(code: string, action: string, operation: () => Promise<unknown>): Promise<void> {
  try {
    await operation();
  } catch (error) {
    const translated = translateKafkaError(error, action);
    if (!isKafkaError(translated, code)) throw translated;
  }
}

async function until(wire: Wire, action: string, holds: (seen: Map<string, number>) => boolean): Promise<void> {
  const deadline = performance.now() + VISIBLE_TIMEOUT_MS;
  while (!holds(await listTopics(wire))) {
    if (performance.now() > deadline) {
      throw new PlatformError('SERVICE_NOT_READY', {
        message: `Kafka did not finish ${action} within ${VISIBLE_TIMEOUT_MS} ms.`,
        hint: "Look in the broker's log: the broker is overloaded, or its disk is full.",
      });
    }
    await delay(POLL_MS);
  }
}

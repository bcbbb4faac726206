/**
 * The server's only Kafka client, built on the protocol functions of @platformatic/kafka. Graders use it as their round's
 * principal, the tenancy as the broker's administrator. It throws a `KafkaError` with Kafka's code, or a `PlatformError`
 * SERVICE_NOT_READY when the broker is not responding.
 */
import { PlatformError } from '#sandbox/errors.ts';
import * as access from './access.ts';
import type { StoredRecord } from './committed-records.ts';
import { translateKafkaError } from './error.ts';
import * as groups from './groups.ts';
import { type LogSizes, readLogSizes } from './log-sizes.ts';
import { type Edge, listOffsets, type Offsets } from './offsets.ts';
import { type Coordinates, type NewRecord, produce } from './produce.ts';
import { metadataOf, type ReadOptions, readAll } from './read.ts';
import { openTail, type Tail } from './tail.ts';
import * as topics from './topics.ts';
import { type KafkaLogin, openWire, readMetadata } from './wire.ts';

export type { Grant, Quota } from './access.ts';
export type { StoredRecord } from './committed-records.ts';
export { isKafkaError, KafkaError } from './error.ts';
export type { GroupDescription, GroupListing } from './groups.ts';
export type { LogSizes } from './log-sizes.ts';
export type { Offsets } from './offsets.ts';
export type { Coordinates, NewRecord } from './produce.ts';
export type { ReadOptions } from './read.ts';
export type { Tail, TailChange } from './tail.ts';
export type { NewTopic } from './topics.ts';
export type { KafkaLogin } from './wire.ts';

export interface KafkaClient extends AsyncDisposable {
  /** Makes one real request to the broker. @throws PlatformError SERVICE_NOT_READY within `timeoutMs` (2 s when left out) */
  ping(timeoutMs?: number): Promise<void>;
  /** Returns names and partition counts of all topics that the principal may see. */
  listTopics(): Promise<Map<string, number>>;
  partitions(topic: string): Promise<number>;
  /** Returns each partition that has a leader, with the numbers of the leading broker and of the brokers in sync. */
  leaders(topic: string): Promise<{ partition: number; node: number; inSync: readonly number[] }[]>;
  /** Returns the offset of the first record of each partition. */
  startOffsets(topic: string): Promise<Offsets>;
  /** Returns the offset after the last record of each partition, records of open transactions included. */
  endOffsets(topic: string): Promise<Offsets>;
  /** Returns all committed records, partition by partition in offset order, until two listings of the ends agree: `read.ts`. */
  readAll(topic: string, options?: ReadOptions): Promise<StoredRecord[]>;
  /** Appends records in order, each once, acknowledged by all replicas in sync; returns their coordinates in the same order. */
  produce(topic: string, records: readonly NewRecord[]): Promise<Coordinates[]>;
  /** Follows topics on a separate connection. */
  openTail(topics: readonly string[], from?: ReadonlyMap<string, Offsets>): Promise<Tail>;
  listGroups(): Promise<groups.GroupListing[]>;
  describeGroup(group: groups.GroupListing): Promise<groups.GroupDescription>;
}

/** What only the broker's administrator may do; for any other principal these fail with an authorization error. */
export interface KafkaAdmin extends KafkaClient {
  createTopics(topics: readonly topics.NewTopic[]): Promise<void>;
  deleteTopics(names: readonly string[]): Promise<void>;
  deleteRecords(topic: string, before: Offsets): Promise<void>;
  /** Returns the size on disk of each topic's log, and the space left on the disk. */
  logSizes(): Promise<LogSizes>;
  removeMembers(group: groups.GroupListing): Promise<void>;
  deleteGroup(group: groups.GroupListing): Promise<void>;
  createUser(name: string, password: string): Promise<void>;
  deleteUsers(names: readonly string[]): Promise<void>;
  listUsers(): Promise<string[]>;
  grantPrefix(user: string, prefix: string, grants: readonly access.Grant[]): Promise<void>;
  revokeAll(users: readonly string[]): Promise<void>;
  listGrantedUsers(): Promise<string[]>;
  setQuota(users: readonly string[], quota: access.Quota | null): Promise<void>;
  listUsersWithQuota(): Promise<string[]>;
}

/** Returns a client that acts as one principal. It connects on first use; dispose it to close its connections. */
export function connectKafka(login: KafkaLogin): KafkaAdmin {
  const wire = openWire(login);
  const edge = (topic: string, which: Edge) =>
    wire.attempt(`listing offsets of ${topic}`, async () => {
      const offsets = await listOffsets(wire, [await metadataOf(wire, topic)], which);
      return offsets.get(topic) ?? new Map<number, bigint>();
    });
  return {
    ping: (timeoutMs = 2000) => within(timeoutMs, readMetadata(wire, [])),
    listTopics: () => topics.listTopics(wire),
    partitions: async (topic) => (await wire.attempt(`reading ${topic}`, () => metadataOf(wire, topic))).partitions.length,
    leaders: async (topic) => {
      const { topics: found } = await wire.attempt(`reading ${topic}`, () => readMetadata(wire, [topic]));
      return (found[0]?.partitions ?? []).map(({ partition, node, inSync }) => ({ partition, node, inSync }));
    },
    startOffsets: (topic) => edge(topic, 'start'),
    endOffsets: (topic) => edge(topic, 'end'),
    readAll: (topic, options) => readAll(wire, topic, options),
    produce: (topic, records) => produce(wire, topic, records),
    openTail: (names, from) => openTail(openWire(login), names, from),
    listGroups: () => groups.listGroups(wire),
    describeGroup: (group) => groups.describeGroup(wire, group),
    createTopics: (list) => topics.createTopics(wire, list),
    deleteTopics: (names) => topics.deleteTopics(wire, names),
    deleteRecords: (topic, before) => topics.deleteRecords(wire, topic, before),
    logSizes: () => readLogSizes(wire),
    removeMembers: (group) => groups.removeMembers(wire, group),
    deleteGroup: (group) => groups.deleteGroup(wire, group),
    createUser: (name, password) => access.createUser(wire, name, password),
    deleteUsers: (names) => access.deleteUsers(wire, names),
    listUsers: () => access.listUsers(wire),
    grantPrefix: (user, prefix, grants) => access.grantPrefix(wire, user, prefix, grants),
    revokeAll: (users) => access.revokeAll(wire, users),
    listGrantedUsers: () => access.listGrantedUsers(wire),
    setQuota: (users, quota) => access.setQuota(wire, users, quota),
    listUsersWithQuota: () => access.listUsersWithQuota(wire),
    [Symbol.asyncDispose]: () => wire[Symbol.asyncDispose](),
  };
}

async function within(timeoutMs: number, answer: Promise<unknown>): Promise<void> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(silent(timeoutMs)), timeoutMs);
  try {
    await Promise.race([answer, tooLate]);
  } catch (error) {
    throw translateKafkaError(error, 'pinging the broker');
  } finally {
    clearTimeout(timer);
  }
}

function silent(timeoutMs: number): PlatformError {
  return new PlatformError('SERVICE_NOT_READY', {
    message: `Kafka did not respond within ${timeoutMs} ms.`,
    hint: 'Try again in a few seconds; the broker restarts automatically.',
  });
}

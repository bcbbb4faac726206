/**
 * What a learner sees of the log while a program runs: records as they land, and the progress of consumer groups. It reads as the
 * broker's administrator on a separate connection, so it uses none of the learner's quota.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { LensRecord } from '#sandbox/protocol/lens.ts';
import { isKafkaError, type KafkaClient, type StoredRecord, type Tail } from '#sandbox/services/kafka/client/connect.ts';
import type { Tenant, TenantTopic } from '#sandbox/tenancy/tenancy.ts';
import { readGroups, readTopics } from './read.ts';
import { lensRecord, lensTopics } from './view.ts';

export { readGroups, readRecords, readTopics } from './read.ts';

/** Longest wait of a fetch, and so the longest time between `signal` and the last look. */
const WAIT_MS = 300;
/** Pause after a change: records that land meanwhile are sent together. */
const BATCH_MS = 100;
/** Until there is a group, and once there is one: members come and go within a second. */
const NO_GROUPS_MS = 1000;
const GROUPS_MS = 500;
/** After this long without a change, groups are read less often. */
const QUIET_MS = 30_000;
const QUIET_GROUPS_MS = 10_000;
/** Records sent for one run; after that, only the length of the log. */
const MAX_RECORDS = 2000;
const EDGES_MS = 500;
/** An event is sent once it has this much text. */
const EVENT_CHARACTERS = 64 * 1024;

export interface WatchOptions {
  /** As the broker's administrator. */
  kafka: KafkaClient;
  tenant: Tenant;
  topics: readonly TenantTopic[];
  runId: string;
  publish: (event: ServerEvent) => void;
  /** Aborted when the program has ended. */
  signal: AbortSignal;
}

/**
 * Publishes `lens.topics`, `lens.records` and `lens.groups` as they change, until `signal` is aborted; then publishes the last
 * changes and settles.
 * @throws PlatformError SERVICE_NOT_READY when the broker stays unavailable
 */
export async function watchRun(options: WatchOptions): Promise<void> {
  const failing = new AbortController();
  const signal = AbortSignal.any([options.signal, failing.signal]);
  const watch = { ...options, signal, changedAt: performance.now() };
  const parts = [watchLog(watch), watchGroups(watch)].map((part) =>
    part.catch((error: unknown) => {
      failing.abort();
      // The topics no longer exist, as after the start of the next run: there is nothing more to see.
      if (!isKafkaError(error, 'UNKNOWN_TOPIC_OR_PARTITION')) throw error;
    }),
  );
  const [failed] = (await Promise.allSettled(parts)).filter((part) => part.status === 'rejected');
  if (failed) throw failed.reason;
}

interface Watch extends WatchOptions {
  changedAt: number;
}

async function watchLog(watch: Watch): Promise<void> {
  const { kafka, topics, signal } = watch;
  const names = topics.map(({ name }) => name);
  const log: Log = { edges: new Map(names.map((name) => [name, new Map()])), pushed: 0 };
  publishTopics(watch, log);
  try {
    await using tail = await kafka.openTail(names);
    while (!signal.aborted && log.pushed < MAX_RECORDS) {
      if (await pushNews(watch, log, tail, WAIT_MS)) await pause(BATCH_MS, signal);
    }
    while (log.pushed < MAX_RECORDS && (await pushNews(watch, log, tail, 0)));
  } catch (error) {
    // The page asks for the records around it, and is told which ones are too large.
    if (!isKafkaError(error, 'RECORD_BATCH_TOO_LARGE')) throw error;
    return watchEdges(watch);
  }
  if (log.pushed >= MAX_RECORDS) await watchEdges(watch);
}

interface Log {
  edges: Map<string, Map<number, { start: bigint; end: bigint }>>;
  pushed: number;
}

/** Returns whether anything was new. */
async function pushNews(watch: Watch, log: Log, tail: Tail, maxWaitMs: number): Promise<boolean> {
  const changes = await tail.next(maxWaitMs);
  if (changes.length === 0) return false;
  watch.changedAt = performance.now();
  for (const { topic, partition, start, end } of changes) log.edges.get(topic)?.set(partition, { start, end });
  publishTopics(watch, log);
  for (const { name, logical } of watch.topics) {
    const records = changes.flatMap((change) => (change.topic === name ? change.records : []));
    publishRecords(watch, log, logical, records);
  }
  return true;
}

function publishTopics({ runId, topics, publish }: Watch, { edges }: Log): void {
  publish({ type: 'lens.topics', runId, topics: lensTopics(topics, edges) });
}

function publishRecords({ runId, publish }: Watch, log: Log, topic: string, records: readonly StoredRecord[]): void {
  let event: LensRecord[] = [];
  let characters = 0;
  for (const record of records.slice(0, MAX_RECORDS - log.pushed).map(lensRecord)) {
    event.push(record);
    characters += JSON.stringify(record).length;
    if (characters < EVENT_CHARACTERS) continue;
    publish({ type: 'lens.records', runId, topic, records: event });
    event = [];
    characters = 0;
  }
  if (event.length > 0) publish({ type: 'lens.records', runId, topic, records: event });
  log.pushed += records.length;
}

/** Publishes only the length of the log: a program that writes endlessly must not flood the page. */
async function watchEdges(watch: Watch): Promise<void> {
  let last = '';
  for (let isLast = false; !isLast; ) {
    isLast = watch.signal.aborted;
    const topics = await readTopics(watch.kafka, watch.topics);
    if (JSON.stringify(topics) !== last) watch.publish({ type: 'lens.topics', runId: watch.runId, topics });
    last = JSON.stringify(topics);
    if (!isLast) await pause(EDGES_MS, watch.signal);
  }
}

async function watchGroups(watch: Watch): Promise<void> {
  let last = '[]';
  for (let isLast = false; !isLast; ) {
    isLast = watch.signal.aborted;
    const groups = await readGroups(watch.kafka, watch.tenant, watch.topics);
    if (JSON.stringify(groups) !== last) {
      watch.publish({ type: 'lens.groups', runId: watch.runId, atMs: Date.now(), groups });
      watch.changedAt = performance.now();
    }
    last = JSON.stringify(groups);
    const isQuiet = performance.now() - watch.changedAt > QUIET_MS;
    if (!isLast) await pause(isQuiet ? QUIET_GROUPS_MS : groups.length > 0 ? GROUPS_MS : NO_GROUPS_MS, watch.signal);
  }
}

/** Returns immediately when the signal is aborted. */
async function pause(timeMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await delay(timeMs, undefined, { signal }).catch(() => undefined);
}

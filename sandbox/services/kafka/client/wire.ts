import { setTimeout as delay } from 'node:timers/promises';
import { type Connection, ConnectionPool, metadataV12, ProtocolError, ResponseError } from '@platformatic/kafka';
import type { Endpoint } from '#sandbox/providers/provider.ts';
import { isKafkaError, isRetriable, translateKafkaError } from './error.ts';

/** Time limit of one request, after which its connection is abandoned. A frozen broker is noticed after this time. */
const REQUEST_TIMEOUT_MS = 5000;
const CONNECT_TIMEOUT_MS = 3000;
/** A broker that died restarts in about 6 s. */
const PATIENCE_MS = 10_000;
const MAX_RETRY_DELAY_MS = 500;

export interface KafkaLogin {
  endpoint: Endpoint;
  /** More brokers of the cluster, tried in turn when `endpoint` is not responding. */
  others?: readonly Endpoint[] | undefined;
  username: string;
  password: string;
  /** Shown by the broker's tools; `streamwright` when left out. */
  clientId?: string;
}

export interface PartitionLeader {
  partition: number;
  leader: Endpoint;
  /** Number of the leading broker. */
  node: number;
  /** Numbers of the brokers whose replicas are in sync. */
  inSync: readonly number[];
}

export interface TopicMetadata {
  id: string;
  name: string;
  /** Partitions that have a leader. */
  partitions: readonly PartitionLeader[];
  /** Whether other partitions have no leader because all their replicas are on brokers that are down. */
  isPartlyOffline: boolean;
}

/** Connections to a cluster as one principal, opened on first use and reopened when lost. */
export interface Wire extends AsyncDisposable {
  readonly login: KafkaLogin;
  /**
   * Runs `operation` and retries it while that may help, for at most 10 s.
   * @throws KafkaError for an error that the broker answers, PlatformError SERVICE_NOT_READY when the broker is not responding
   */
  attempt<T>(action: string, operation: () => Promise<T>): Promise<T>;
  /** Returns a connection to `broker`; without `broker`, to the first of the login's brokers that responds. */
  connection(broker?: Endpoint): Promise<Connection>;
}

export function openWire(login: KafkaLogin): Wire {
  const pool = new ConnectionPool(login.clientId ?? 'streamwright', {
    sasl: { mechanism: 'SCRAM-SHA-256', username: login.username, password: login.password },
    connectTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
  });
  // Every failure reaches its caller; a second `error` event of a dying connection has no listener and would end the process.
  pool.on('connecting', ({ connection }) => connection.on('error', () => undefined));
  let loggedInBefore = false;
  pool.on('connect', () => {
    loggedInBefore = true;
  });
  const known = [login.endpoint, ...(login.others ?? [])];
  // A restarting broker answers before it has read its users.
  const isStarting = (error: unknown) => loggedInBefore && isKafkaError(error, 'SASL_AUTHENTICATION_FAILED');
  return {
    login,
    attempt: async (action, operation) => {
      const deadline = performance.now() + PATIENCE_MS;
      for (let delayMs = 50; ; delayMs = Math.min(2 * delayMs, MAX_RETRY_DELAY_MS)) {
        try {
          return await operation();
        } catch (error) {
          const translated = translateKafkaError(error, action);
          const mayPass = isRetriable(error) || isStarting(translated);
          if (!mayPass || performance.now() + delayMs > deadline) throw translated;
        }
        await delay(delayMs);
      }
    },
    connection: (broker) => (broker ? pool.get(broker) : pool.getFirstAvailable(known)),
    [Symbol.asyncDispose]: () => pool.close(),
  };
}

/** Returns the brokers of the cluster and the requested topics; `null` requests every topic that the principal may see. */
export async function readMetadata(
  wire: Wire,
  topics: readonly string[] | null,
): Promise<{ brokers: Endpoint[]; topics: TopicMetadata[] }> {
  const answer = await askMetadata(await wire.connection(), topics);
  const brokers = new Map(answer.brokers.map(({ nodeId, host, port }) => [nodeId, { host, port }]));
  return {
    brokers: [...brokers.values()],
    topics: answer.topics.flatMap(({ topicId, name, isInternal, partitions }) => {
      if (!name || isInternal) return [];
      const leaders = partitions.flatMap(({ partitionIndex, leaderId, isrNodes }) => {
        const leader = brokers.get(leaderId);
        return leader ? [{ partition: partitionIndex, leader, node: leaderId, inSync: isrNodes }] : [];
      });
      const isPartlyOffline = leaders.length < partitions.length;
      return [{ id: topicId, name, partitions: leaders.sort((a, b) => a.partition - b.partition), isPartlyOffline }];
    }),
  };
}

type Metadata = Awaited<ReturnType<typeof metadataV12.api.async>>;

/** The library throws when a single partition has no leader; its error holds everything about the rest, so this returns that. */
async function askMetadata(connection: Connection, topics: readonly string[] | null): Promise<Metadata> {
  try {
    return await metadataV12.api.async(connection, topics && [...topics], false, false);
  } catch (error) {
    if (!(error instanceof ResponseError) || !isMetadata(error.response)) throw error;
    const others = error.errors.filter((one) => !(one instanceof ProtocolError && one.apiId === 'LEADER_NOT_AVAILABLE'));
    if (others.length > 0) throw error;
    return error.response;
  }
}

function isMetadata(response: unknown): response is Metadata {
  return typeof response === 'object' && response !== null && 'brokers' in response && 'topics' in response;
}

/** Groups items by leader, because each broker is asked once. */
export function groupByLeader<T extends { leader: Endpoint }>(items: readonly T[]): [Endpoint, T[]][] {
  const groups = Map.groupBy(items, ({ leader }) => `${leader.host}:${leader.port}`);
  return [...groups.values()].flatMap((members): [Endpoint, T[]][] => (members[0] ? [[members[0].leader, members]] : []));
}

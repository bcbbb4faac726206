import { setTimeout as delay } from 'node:timers/promises';
import { type Connection, ConnectionPool, metadataV12 } from '@platformatic/kafka';
import type { Endpoint } from '#sandbox/providers/provider.ts';
import { isKafkaError, isRetriable, translateKafkaError } from './kafka-error.ts';

/** How long one request may take before its connection is given up. A frozen broker is noticed after this time. */
const REQUEST_TIMEOUT_MS = 5000;
const CONNECT_TIMEOUT_MS = 3000;
/** A broker that died is back in about 6 s. */
const PATIENCE_MS = 10_000;
const MAX_RETRY_DELAY_MS = 500;

export interface KafkaLogin {
  endpoint: Endpoint;
  username: string;
  password: string;
  /** Shown by the broker's tools; `streamwright` when left out. */
  clientId?: string;
}

export interface PartitionLeader {
  partition: number;
  leader: Endpoint;
}

export interface TopicMetadata {
  id: string;
  name: string;
  partitions: readonly PartitionLeader[];
}

/** Connections to a cluster as one principal. They are opened when first needed and opened again when they were lost. */
export interface Wire extends AsyncDisposable {
  readonly login: KafkaLogin;
  /**
   * Runs `operation`, again while that may help, for at most 10 s.
   * @throws KafkaError for an answer of the broker, PlatformError SERVICE_NOT_READY when it does not answer
   */
  attempt<T>(action: string, operation: () => Promise<T>): Promise<T>;
  /** A connection to the endpoint that was logged in to, or to `broker`. */
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
  // A broker that starts again answers before it has read its users.
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
    connection: (broker = login.endpoint) => pool.get(broker),
    [Symbol.asyncDispose]: () => pool.close(),
  };
}

/** The brokers of the cluster and the topics asked for; `null` asks for every topic that the principal may see. */
export async function readMetadata(
  wire: Wire,
  topics: readonly string[] | null,
): Promise<{ brokers: Endpoint[]; topics: TopicMetadata[] }> {
  const answer = await metadataV12.api.async(await wire.connection(), topics && [...topics], false, false);
  const brokers = new Map(answer.brokers.map(({ nodeId, host, port }) => [nodeId, { host, port }]));
  return {
    brokers: [...brokers.values()],
    topics: answer.topics.flatMap(({ topicId, name, isInternal, partitions }) => {
      if (!name || isInternal) return [];
      const leaders = partitions.flatMap(({ partitionIndex, leaderId }) => {
        const leader = brokers.get(leaderId);
        return leader ? [{ partition: partitionIndex, leader }] : [];
      });
      return [{ id: topicId, name, partitions: leaders.sort((a, b) => a.partition - b.partition) }];
    }),
  };
}

/** Groups what belongs to one broker, since each broker is asked once. */
export function groupByLeader<T extends { leader: Endpoint }>(items: readonly T[]): [Endpoint, T[]][] {
  const groups = Map.groupBy(items, ({ leader }) => `${leader.host}:${leader.port}`);
  return [...groups.values()].flatMap((members): [Endpoint, T[]][] => (members[0] ? [[members[0].leader, members]] : []));
}

/** Acts as a tenant through kafkajs, as a learner's program does, and by raw protocol calls, as an attacker would. */
import { type Connection, ConnectionPool, offsetCommitV9 } from '@platformatic/kafka';
import { Kafka, logLevel } from 'kafkajs';
import type { Endpoint } from '#sandbox/providers/provider.ts';
import { translateKafkaError } from '#sandbox/services/kafka/client/error.ts';

export interface Login {
  principal: string;
  password: string;
}

export function kafkajsAs(endpoint: Endpoint, { principal, password }: Login): Kafka {
  return new Kafka({
    brokers: [`${endpoint.host}:${endpoint.port}`],
    sasl: { mechanism: 'scram-sha-256', username: principal, password },
    logLevel: logLevel.NOTHING,
    retry: { retries: 2, initialRetryTime: 50 },
  });
}

/** Gives a connection to `call`; returns Kafka's name for the error that it got, or `NONE`. */
export async function codeOf(
  endpoint: Endpoint,
  { principal, password }: Login,
  call: (connection: Connection) => Promise<unknown>,
): Promise<string> {
  const sasl = { mechanism: 'SCRAM-SHA-256' as const, username: principal, password };
  const pool = new ConnectionPool('attacker', { sasl, requestTimeout: 10_000 });
  pool.on('connecting', ({ connection }) => connection.on('error', () => undefined));
  try {
    await call(await pool.get(endpoint));
    return 'NONE';
  } catch (error) {
    const translated = translateKafkaError(error, 'the attempt');
    if (translated.name !== 'KafkaError') throw error;
    return translated.code;
  } finally {
    await pool.close();
  }
}

/** Commits offset 1 of partition 0 without being a member. */
export function commitAs(endpoint: Endpoint, login: Login, groupId: string, topic: string): Promise<string> {
  const partitions = [{ partitionIndex: 0, committedOffset: 1n, committedLeaderEpoch: -1 }];
  return codeOf(endpoint, login, (connection) =>
    offsetCommitV9.api.async(connection, groupId, -1, '', null, [{ name: topic, partitions }]),
  );
}

/** Returns Kafka's name for the error that kafkajs got, wherever kafkajs nests it. */
export async function kafkajsCode(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'NONE';
  } catch (error) {
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
      if ('type' in cause && typeof cause.type === 'string') return cause.type;
      if ('errors' in cause && Array.isArray(cause.errors)) return cause.errors.map((one) => one.type).join();
      if ('groups' in cause && Array.isArray(cause.groups)) return cause.groups.map((group) => group.error?.type).join();
    }
    throw error;
  }
}

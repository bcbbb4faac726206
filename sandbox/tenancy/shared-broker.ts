import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { connectKafka, isKafkaError, type KafkaAdmin, type PrefixedGrant } from '#sandbox/clients/kafka.ts';
import type { Limits } from '#sandbox/config.ts';
import { PlatformError } from '#sandbox/errors.ts';
import type { Endpoint } from '#sandbox/providers/provider.ts';
import { PREFIX_BYTES, parseTopicName, prefixFrom, principalOf, topicName } from './prefix.ts';
import { removeTenants, tenantsOnBroker } from './removal.ts';
import type { Tenancy, Tenant } from './tenancy.ts';

const ENFORCED_TIMEOUT_MS = 10_000;
const POLL_MS = 5;
const MIN_SEGMENT_BYTES = 1024 * 1024; // Kafka 4: least value of segment.bytes
/** Nothing on the cluster: producers, idempotent and transactional, need no more, and listings show own names only. */
const GRANTS: readonly PrefixedGrant[] = [
  { resource: 'topic', operations: ['read', 'write', 'describe'] },
  { resource: 'group', operations: ['read', 'describe'] },
  { resource: 'transactional-id', operations: ['write', 'describe'] },
];

export interface SharedBrokerOptions {
  /** As the broker's administrator. */
  kafka: KafkaAdmin;
  /** Where tenants reach the broker. */
  broker: Endpoint;
  limits: Pick<Limits, 'kafka'>;
}

/** Slices of one broker that all learners share. */
export function openTenancy({ kafka, broker, limits }: SharedBrokerOptions): Tenancy {
  return {
    broker,
    create: async () => {
      const prefix = prefixFrom(randomBytes(PREFIX_BYTES));
      const tenant = { principal: principalOf(prefix), password: randomBytes(24).toString('base64url'), prefix };
      try {
        await Promise.all([
          kafka.createUser(tenant.principal, tenant.password),
          kafka.setQuota([tenant.principal], limits.kafka),
        ]);
        await kafka.grantPrefix(tenant.principal, prefix, GRANTS);
        await untilEnforced(broker, tenant);
      } catch (error) {
        // What was made must not stay; the first error says what went wrong, the sweep at the next start takes what this could not.
        await removeTenants(kafka, [prefix]).catch(() => undefined);
        throw error;
      }
      return tenant;
    },
    remove: ({ prefix }) => removeTenants(kafka, [prefix]),
    createTopics: async ({ prefix }, generation, topics) => {
      const made = topics.map((topic) => ({ ...topic, name: topicName(prefix, generation, topic.logical) }));
      await kafka.createTopics(
        made.map(({ name, partitions }) => ({ name, partitions, configs: topicConfigs(limits.kafka.topicBytes, partitions) })),
      );
      return made;
    },
    deleteOldTopics: async ({ prefix }, generation) => {
      const names = [...(await kafka.listTopics()).keys()];
      const isOld = (name: string) => {
        const parts = parseTopicName(name);
        return parts !== null && parts.prefix === prefix && parts.generation < generation;
      };
      await kafka.deleteTopics(names.filter(isOld));
    },
    sweep: async (keep) => {
      const kept = new Set(keep.map(({ prefix }) => prefix));
      const left = (await tenantsOnBroker(kafka)).filter((prefix) => !kept.has(prefix));
      await removeTenants(kafka, left);
      return left.length;
    },
  };
}

/**
 * Waits until the tenant can log in and is allowed what it was granted. The grants are the last to be written and a broker applies
 * changes in order, so the quota holds by then too.
 */
async function untilEnforced(broker: Endpoint, tenant: Tenant): Promise<void> {
  const deadline = performance.now() + ENFORCED_TIMEOUT_MS;
  await using probe = connectKafka({ endpoint: broker, username: tenant.principal, password: tenant.password });
  for (;;) {
    try {
      await probe.partitions(`${tenant.prefix}probe`);
      return;
    } catch (error) {
      // A topic that may be described but does not exist: the grants hold.
      if (isKafkaError(error, 'UNKNOWN_TOPIC_OR_PARTITION')) return;
      if (!isKafkaError(error, 'SASL_AUTHENTICATION_FAILED', 'TOPIC_AUTHORIZATION_FAILED')) throw error;
      if (performance.now() > deadline) throw notEnforced(error);
    }
    await delay(POLL_MS);
  }
}

/** Caps what the partitions of a topic may hold together; Kafka counts whole segments, so those are small. */
function topicConfigs(topicBytes: number, partitions: number): Record<string, string> {
  const retentionBytes = Math.floor(topicBytes / partitions);
  return {
    'retention.bytes': String(retentionBytes),
    'segment.bytes': String(Math.max(MIN_SEGMENT_BYTES, Math.floor(retentionBytes / 4))),
    'file.delete.delay.ms': '1000', // a deleted topic's files go at once, not after a minute
  };
}

function notEnforced(cause: unknown): PlatformError {
  return new PlatformError(
    'SERVICE_NOT_READY',
    {
      message: `kafka did not let a new tenant in within ${ENFORCED_TIMEOUT_MS} ms.`,
      hint: 'The broker is overloaded; try again in a few seconds.',
    },
    { cause },
  );
}

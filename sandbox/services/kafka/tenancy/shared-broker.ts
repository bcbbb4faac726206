import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Limits } from '#sandbox/config.ts';
import { PlatformError } from '#sandbox/errors.ts';
import type { Endpoint } from '#sandbox/providers/provider.ts';
import { connectKafka, type Grant, isKafkaError, type KafkaAdmin, type Quota } from '#sandbox/services/kafka/client/connect.ts';
import type { Installation } from '#sandbox/tenancy/installation.ts';
import { markFrom, markOf, PREFIX_BYTES, parseTopicName, prefixFrom, principalOf, topicName } from '#sandbox/tenancy/prefix.ts';
import type { Tenancy, Tenant } from '#sandbox/tenancy/tenancy.ts';
import { SHARED_GRANTS } from './grants.ts';
import type { LogGuard } from './log-guard.ts';
import { removeTenants, tenantsOnBroker } from './removal.ts';
import { topicConfigs } from './topic-limits.ts';

const ENFORCED_TIMEOUT_MS = 10_000;
const POLL_MS = 5;

export interface TenancyOptions {
  /** As the broker's administrator. */
  kafka: KafkaAdmin;
  /** Address at which tenants reach the broker. */
  broker: Endpoint;
  /** The other brokers of its cluster. */
  others?: readonly Endpoint[];
  limits: { kafka: Pick<Limits['kafka'], 'topicBytes' | 'tenantBytes'> & Quota };
  /** What each tenant may do; `SHARED_GRANTS` when left out. */
  grants?: readonly Grant[];
  /** Whose tenants these are. Left out where the broker outlives nothing, such as one of a single learner: then a mark of its own. */
  installation?: Installation;
  /** Knows what logs take on disk; without it, nothing counts as full. */
  logs?: Pick<LogGuard, 'requireRoom' | 'tookTopics'>;
}

/** Returns the slices of a broker that all learners share, or of one that a single learner has. */
export function openTenancy(options: TenancyOptions): Tenancy {
  const { kafka, broker, others = [], limits, grants = SHARED_GRANTS, logs } = options;
  const { mark, isNew } = options.installation ?? { mark: markFrom(randomBytes(PREFIX_BYTES)), isNew: false };
  /** Whether what has no mark, from before there were marks, is still to be removed. */
  let hasUnmarked = isNew;

  async function deleteBelow(prefix: string, generation: number): Promise<void> {
    const names = [...(await kafka.listTopics()).keys()];
    const isOld = (name: string) => {
      const parts = parseTopicName(name);
      return parts !== null && parts.prefix === prefix && parts.generation < generation;
    };
    await kafka.deleteTopics(names.filter(isOld));
  }
  return {
    broker,
    create: async () => {
      const prefix = prefixFrom(mark, randomBytes(PREFIX_BYTES));
      const tenant = { principal: principalOf(prefix), password: randomBytes(24).toString('base64url'), prefix };
      try {
        await Promise.all([
          kafka.createUser(tenant.principal, tenant.password),
          kafka.setQuota([tenant.principal], limits.kafka),
        ]);
        await kafka.grantPrefix(tenant.principal, prefix, grants);
        for (const one of [broker, ...others]) await untilEnforced(one, tenant);
      } catch (error) {
        // Nothing created may stay. The first error says what went wrong; the sweep at the next start removes what this could not.
        await removeTenants(kafka, [prefix]).catch(() => undefined);
        throw error;
      }
      return tenant;
    },
    remove: ({ prefix }) => removeTenants(kafka, [prefix]),
    createTopics: async ({ prefix }, generation, topics) => {
      logs?.requireRoom();
      await deleteBelow(prefix, generation - 1);
      const named = topics.map((topic) => ({ ...topic, name: topicName(prefix, generation, topic.logical) }));
      const made = named.filter(({ create = true }) => create);
      await kafka.createTopics(
        made.map(({ name, partitions, replicas }) => {
          return { name, partitions, replicas, configs: topicConfigs(limits.kafka, { topics: made.length, partitions }) };
        }),
      );
      return named.map(({ logical, name, partitions }) => ({ logical, name, partitions }));
    },
    deleteOldTopics: ({ prefix }, generation) => deleteBelow(prefix, generation),
    tookTopics: ({ prefix }) => logs?.tookTopics(prefix) ?? false,
    sweep: async (keep) => {
      const kept = new Set(keep.map(({ prefix }) => prefix));
      const isOurs = (prefix: string) => (markOf(prefix) ?? (hasUnmarked ? mark : null)) === mark;
      const left = (await tenantsOnBroker(kafka)).filter((prefix) => isOurs(prefix) && !kept.has(prefix));
      await removeTenants(kafka, left);
      hasUnmarked = false;
      return left.length;
    },
  };
}

/**
 * Waits until the tenant can log in and its grants apply. Grants are written last and a broker applies changes in order, so the
 * quota applies by then too.
 */
async function untilEnforced(broker: Endpoint, tenant: Tenant): Promise<void> {
  const deadline = performance.now() + ENFORCED_TIMEOUT_MS;
  await using probe = connectKafka({ endpoint: broker, username: tenant.principal, password: tenant.password });
  for (;;) {
    try {
      await probe.partitions(`${tenant.prefix}probe`);
      return;
    } catch (error) {
      // The topic may be described but does not exist: the grants apply.
      if (isKafkaError(error, 'UNKNOWN_TOPIC_OR_PARTITION')) return;
      if (!isKafkaError(error, 'SASL_AUTHENTICATION_FAILED', 'TOPIC_AUTHORIZATION_FAILED')) throw error;
      if (performance.now() > deadline) throw notEnforced(error);
    }
    await delay(POLL_MS);
  }
}

function notEnforced(cause: unknown): PlatformError {
  return new PlatformError(
    'SERVICE_NOT_READY',
    {
      message: `Kafka did not admit a new tenant within ${ENFORCED_TIMEOUT_MS} ms.`,
      hint: 'Try again in a few seconds: the broker is overloaded.',
    },
    { cause },
  );
}

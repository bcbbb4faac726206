import { expect, test } from 'vitest';
import { LIMITS } from '#sandbox/config.ts';
import { connectKafka, isKafkaError } from '#sandbox/services/kafka/client/connect.ts';
import { guardLogs } from '#sandbox/services/kafka/tenancy/log-guard.ts';
import { openTenancy } from '#sandbox/services/kafka/tenancy/shared-broker.ts';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';
import { stackFixture } from '../../../../stack-fixture.ts';

const stack = stackFixture();
const MB = 1_000_000;

/** Writes until the topic is deleted, each time on a connection that the broker has not throttled yet. */
async function flood({ principal, password }: Tenant, topic: string): Promise<void> {
  const record = { value: Buffer.alloc(400_000, 'x'), partition: 0 };
  for (;;) {
    await using kafka = connectKafka({ endpoint: stack.endpoint, username: principal, password });
    try {
      await kafka.produce(topic, [record]);
    } catch (error) {
      if (isKafkaError(error, 'UNKNOWN_TOPIC_OR_PARTITION')) return;
      throw error;
    }
  }
}

test('a tenant that floods past the quota loses all topics once they hold too much; other tenants keep theirs', async () => {
  const limits = { kafka: { ...LIMITS.kafka, tenantBytes: 10 * MB } };
  const floods: { prefix: string; bytes: number }[] = [];
  const onFlood = (prefix: string, bytes: number) => floods.push({ prefix, bytes });
  await using logs = guardLogs({ kafka: stack.kafka, limits, onFlood, everyMs: 100 });
  const tenancy = openTenancy({ kafka: stack.kafka, broker: stack.endpoint, limits, logs });
  const [tenant, other] = await Promise.all([tenancy.create(), tenancy.create()]);
  const [kept] = await tenancy.createTopics(other, 1, [{ logical: 'orders', partitions: 1 }]);
  // Created without the caps that a tenant's topics have.
  const topics = [`${tenant.prefix}1.orders`, `${tenant.prefix}2.orders`];
  await stack.kafka.createTopics(topics.map((name) => ({ name, partitions: 1 })));

  await Promise.all(topics.map((topic) => flood(tenant, topic)));
  // The broker tells producers that their topic is gone before it answers the one who deleted it.
  await expect.poll(() => floods.length).toBeGreaterThan(0);
  expect(new Set(floods.map(({ prefix }) => prefix))).toEqual(new Set([tenant.prefix]));
  expect(floods[0]?.bytes).toBeGreaterThan(10 * MB);
  expect(floods[0]?.bytes).toBeLessThan(30 * MB);
  expect([...(await stack.kafka.listTopics()).keys()]).toEqual(expect.arrayContaining([kept?.name]));
  expect([tenancy.tookTopics(tenant), tenancy.tookTopics(tenant), tenancy.tookTopics(other)]).toEqual([true, false, false]);
});

test('however many runs there are, only the topics of the last two exist', async () => {
  const tenant = await stack.tenancy.create();
  for (let generation = 1; generation <= 4; generation++) {
    await stack.tenancy.createTopics(tenant, generation, [{ logical: 'orders', partitions: 1 }]);
    const own = [...(await stack.kafka.listTopics()).keys()].filter((name) => name.startsWith(tenant.prefix));
    expect(own.length).toBeLessThanOrEqual(2);
  }
});

test('rejects new topics with a reason when all logs together are full', async () => {
  const writer = await stack.tenancy.create();
  const [topic] = await stack.tenancy.createTopics(writer, 1, [{ logical: 'orders', partitions: 1 }]);
  await stack.kafka.produce(topic?.name ?? '', [{ value: Buffer.alloc(200_000, 'x') }]);
  const limits = { kafka: { ...LIMITS.kafka, allBytes: 220_000 } };
  await using logs = guardLogs({ kafka: stack.kafka, limits, everyMs: 50 });
  const tenancy = openTenancy({ kafka: stack.kafka, broker: stack.endpoint, limits, logs });
  await expect
    .poll(() => tenancy.createTopics(writer, 2, [{ logical: 'orders', partitions: 1 }]).catch((error) => error.message))
    .toMatch(/^Kafka has no room for more topics/);
});

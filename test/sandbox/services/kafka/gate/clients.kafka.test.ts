/** Right programs through the gate, with each client library: nothing of what they do is refused. */
import { connect } from 'node:net';
import { ConnectionPool, metadataV12, ProduceAcks, produceV11 } from '@platformatic/kafka';
import { CompressionTypes, Kafka, logLevel } from 'kafkajs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { kafkaGate } from '#sandbox/services/kafka/gate/gate.ts';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';
import { stackFixture } from '../../../../stack-fixture.ts';
import { gatePort } from './gate-fixture.ts';

const { endpoint, tenancy, kafka: admin } = stackFixture();
const reasons: string[] = [];
let gate: Awaited<ReturnType<typeof gatePort>>;
let tenant: Tenant;
let topic = '';
beforeAll(async () => {
  gate = await gatePort(kafkaGate.open({ onRefusal: (reason) => reasons.push(reason) }), endpoint.port);
  tenant = await tenancy.create();
  const [made] = await tenancy.createTopics(tenant, 1, [{ logical: 'own', partitions: 3 }]);
  topic = made?.name ?? '';
});
afterEach(() => expect(reasons.splice(0)).toEqual([]));
afterAll(() => gate[Symbol.asyncDispose]());

/** Reaches the broker through the gate, wherever the broker says that it is. */
const kafkajs = () =>
  new Kafka({
    brokers: [`${endpoint.host}:${endpoint.port}`],
    sasl: { mechanism: 'scram-sha-256', username: tenant.principal, password: tenant.password },
    logLevel: logLevel.NOTHING,
    socketFactory: ({ onConnect }) => connect({ port: gate.port, host: '127.0.0.1' }, onConnect),
  });
const valuesOf = async (prefix: string) =>
  (await admin.readAll(topic)).map(({ value }) => String(value)).filter((value) => value.startsWith(prefix));

test('kafkajs sends records plain, compressed and large, idempotently, and in transactions', { timeout: 60_000 }, async () => {
  const plain = kafkajs().producer();
  await plain.connect();
  const messages = Array.from({ length: 5000 }, (_, index) => ({ key: `${index}`, value: `plain ${index}` }));
  await plain.send({ topic, messages });
  await plain.send({ topic, acks: 0, messages: [{ value: 'unacknowledged' }] });
  await plain.send({
    topic,
    compression: CompressionTypes.GZIP,
    messages: messages.map(({ key }) => ({ key, value: `gzip ${key}` })),
  });
  await plain.send({ topic, messages: [{ partition: 0, value: `large ${'x'.repeat(900_000)}` }] });
  await plain.disconnect();
  const id = `${tenant.prefix}tx`;
  const producer = kafkajs().producer({ transactionalId: id, idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  const transaction = await producer.transaction();
  await transaction.send({ topic, messages: [{ value: 'in a transaction' }] });
  await transaction.sendOffsets({
    consumerGroupId: `${tenant.prefix}group`,
    topics: [{ topic, partitions: [{ partition: 0, offset: '5' }] }],
  });
  await transaction.commit();
  await producer.disconnect();
  expect(await valuesOf('plain')).toHaveLength(5000);
  expect(await valuesOf('gzip')).toHaveLength(5000);
  expect(await valuesOf('large')).toHaveLength(1);
  expect(await valuesOf('in a')).toHaveLength(1);
});

test('kafkajs reads in groups whose members come and go, commits, and administrates', { timeout: 60_000 }, async () => {
  const groupId = `${tenant.prefix}readers`;
  const read = new Set<string>();
  const consumers = Array.from({ length: 3 }, () =>
    kafkajs().consumer({ groupId, sessionTimeout: 6000, heartbeatInterval: 500 }),
  );
  for (const consumer of consumers) {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ partition, message }) => void read.add(`${partition}:${message.offset}`),
    });
  }
  const all = (await admin.readAll(topic)).length;
  await expect.poll(() => read.size, { timeout: 30_000 }).toBe(all);
  for (const consumer of consumers) await consumer.disconnect();
  const administrator = kafkajs().admin();
  await administrator.connect();
  expect(await administrator.listTopics()).toEqual([topic]);
  expect((await administrator.describeGroups([groupId])).groups).toHaveLength(1);
  expect((await administrator.fetchOffsets({ groupId, topics: [topic] }))[0]?.partitions).toHaveLength(3);
  expect(await administrator.fetchTopicOffsets(topic)).toHaveLength(3);
  await administrator.disconnect();
});

test.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const)(
  '@platformatic/kafka sends records compressed by %s',
  async (compression) => {
    const sasl = { mechanism: 'SCRAM-SHA-256' as const, username: tenant.principal, password: tenant.password };
    const pool = new ConnectionPool('gate', { sasl });
    const connection = await pool.get({ host: '127.0.0.1', port: gate.port });
    const { topics } = await metadataV12.api.async(connection, [topic], false, false);
    expect(topics.map(({ name }) => name)).toEqual([topic]);
    const messages = Array.from({ length: 1000 }, (_, index) => ({
      ...{ topic, partition: 0, timestamp: BigInt(Date.now()) },
      value: Buffer.from(`by ${compression} ${index}`),
    }));
    await produceV11.api.async(connection, ProduceAcks.ALL, 5000, messages, { compression });
    await pool.close();
    expect(await valuesOf(`by ${compression}`)).toHaveLength(1000);
  },
);

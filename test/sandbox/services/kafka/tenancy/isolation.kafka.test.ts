/** A tenant can do nothing to another tenant, to the graders or to the broker. The ids are those of the trust list. */
import { deleteGroupsV2, initProducerIdV5, joinGroupV9, listTransactionsV1, offsetFetchV9 } from '@platformatic/kafka';
import type { Kafka } from 'kafkajs';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { connectKafka, type KafkaClient } from '#sandbox/services/kafka/client/connect.ts';
import { fetchFrom } from '#sandbox/services/kafka/client/fetch.ts';
import { metadataOf } from '#sandbox/services/kafka/client/read.ts';
import { openWire } from '#sandbox/services/kafka/client/wire.ts';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';
import { stackFixture } from '../../../../stack-fixture.ts';
import { codeOf, commitAs, kafkajsAs, kafkajsCode } from './as-tenant.ts';

const stack = stackFixture();
let a: Tenant;
let b: Tenant;
let kafkaA: Kafka;
let topicA: string;
let topicB: string;
let groupB: string;

beforeAll(async () => {
  [a, b] = await Promise.all([stack.tenancy.create(), stack.tenancy.create()]);
  const topicsOf = (tenant: Tenant) => stack.tenancy.createTopics(tenant, 1, [{ logical: 'in', partitions: 1 }]);
  [topicA, topicB] = (await Promise.all([topicsOf(a), topicsOf(b)])).map(([topic]) => topic!.name) as [string, string];
  kafkaA = kafkajsAs(stack.endpoint, a);
  await clientOf(b, (kafka) => kafka.produce(topicB, [{ value: 'secret' }]));
  groupB = `${b.prefix}readers`;
  await commitAs(stack.endpoint, b, groupB, topicB);
});

async function clientOf<T>(tenant: Tenant, use: (kafka: KafkaClient) => Promise<T>): Promise<T> {
  await using kafka = connectKafka({ endpoint: stack.endpoint, username: tenant.principal, password: tenant.password });
  return await use(kafka);
}

async function adminA() {
  const admin = kafkaA.admin();
  await admin.connect();
  onTestFinished(() => admin.disconnect());
  return admin;
}

async function produceAsA(topic: string): Promise<unknown> {
  const producer = kafkaA.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  onTestFinished(() => producer.disconnect());
  return producer.send({ topic, messages: [{ value: 'x' }] });
}

/** Joins a group; returns the first record, or rejects with the error that ends the attempt. */
async function consumeAsA(groupId: string, topic: string): Promise<string> {
  const consumer = kafkaA.consumer({ groupId, allowAutoTopicCreation: false, maxWaitTimeInMs: 100 });
  await consumer.connect();
  onTestFinished(() => consumer.disconnect());
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  consumer.on('consumer.crash', ({ payload }) => reject(payload.error));
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({ eachMessage: async ({ message }) => resolve(String(message.value)) });
  return promise;
}

describe('in its own slice a tenant can', () => {
  test('produce, idempotently too', async () => {
    const producer = kafkaA.producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    onTestFinished(() => producer.disconnect());
    const [sent] = await producer.send({ topic: topicA, messages: [{ value: 'own' }] });
    expect(sent).toMatchObject({ topicName: topicA, errorCode: 0 });
  });

  test('produce in a transaction whose id has its prefix', async () => {
    const options = { transactionalId: `${a.prefix}tx`, idempotent: true, maxInFlightRequests: 1 };
    const producer = kafkaA.producer(options);
    await producer.connect();
    onTestFinished(() => producer.disconnect());
    const transaction = await producer.transaction();
    await transaction.send({ topic: topicA, messages: [{ value: 'in a transaction' }] });
    await transaction.commit();
    const records = await clientOf(a, (kafka) => kafka.readAll(topicA));
    expect(records.map(({ value }) => String(value))).toContain('in a transaction');
  });

  test('consume in a group with its prefix, commit, and describe that group', async () => {
    const groupId = `${a.prefix}readers`;
    expect(await consumeAsA(groupId, topicA)).toBe('own');
    const admin = await adminA();
    expect(await commitAs(stack.endpoint, a, `${a.prefix}other`, topicA)).toBe('NONE');
    expect((await admin.listGroups()).groups.map((group) => group.groupId)).toContain(groupId);
    expect((await admin.describeGroups([groupId])).groups[0]).toMatchObject({ groupId, errorCode: 0, state: 'Stable' });
  });
});

describe('a tenant sees only its own names', () => {
  test('when it lists topics', async () => {
    const admin = await adminA();
    expect(await admin.listTopics()).toEqual([topicA]);
    const { topics } = await admin.fetchTopicMetadata();
    expect(topics.map(({ name }) => name)).toEqual([topicA]);
  });

  test('when it lists groups', async () => {
    const { groups } = await (await adminA()).listGroups();
    expect(groups.filter(({ groupId }) => !groupId.startsWith(a.prefix))).toEqual([]);
    expect((await stack.kafka.listGroups()).map(({ id }) => id)).toContain(groupB);
  });

  test('when it lists transactions', async () => {
    const owner = { principal: b.principal, password: b.password };
    await codeOf(stack.endpoint, owner, (connection) => initProducerIdV5.api.async(connection, `${b.prefix}seen`, 1000));
    const listed: string[] = [];
    await codeOf(stack.endpoint, a, async (connection) => {
      const { transactionStates } = await listTransactionsV1.api.async(connection, [], [], -1n, null);
      listed.push(...transactionStates.map(({ transactionalId }) => transactionalId));
    });
    expect(listed.filter((id) => !id.startsWith(a.prefix))).toEqual([]);
  });
});

test('a foreign topic and one that does not exist give the same answer', async () => {
  const admin = await adminA();
  const describeTopic = (topic: string) => kafkajsCode(admin.fetchTopicMetadata({ topics: [topic] }));
  expect(await describeTopic(topicB)).toBe('TOPIC_AUTHORIZATION_FAILED');
  expect(await describeTopic(`${b.prefix}1.nothing`)).toBe('TOPIC_AUTHORIZATION_FAILED');
  expect(await describeTopic(topicA)).toBe('NONE');
});

describe('a foreign topic cannot be read', () => {
  test('by name', async () => {
    await expect(clientOf(a, (kafka) => kafka.readAll(topicB))).rejects.toMatchObject({ code: 'TOPIC_AUTHORIZATION_FAILED' });
  });

  test('by its id, without metadata and without a group', async () => {
    const login = ({ principal, password }: Tenant) => ({ endpoint: stack.endpoint, username: principal, password });
    await using wireA = openWire(login(a));
    await using wireB = openWire(login(b));
    const { id, partitions } = await metadataOf(wireB, topicB);
    const positions = partitions.map((leader) => ({ ...leader, topic: topicB, topicId: id, offset: 0n }));
    const own = await fetchFrom(wireB, positions);
    expect(own.partitions[0]?.records.map(({ value }) => String(value))).toEqual(['secret']);
    await expect(fetchFrom(wireA, positions)).rejects.toMatchObject({ code: 'TOPIC_AUTHORIZATION_FAILED' });
  });

  test("by the tenant's own group", async () => {
    expect(await kafkajsCode(consumeAsA(`${a.prefix}thief`, topicB))).toBe('TOPIC_AUTHORIZATION_FAILED');
  });
});

describe('a foreign group cannot be', () => {
  const DENIED = 'GROUP_AUTHORIZATION_FAILED';

  test('joined', async () => {
    const join = (tenant: Tenant) =>
      codeOf(stack.endpoint, tenant, (connection) =>
        joinGroupV9.api.async(connection, groupB, 6000, 6000, '', null, 'consumer', [
          { name: 'range', metadata: Buffer.alloc(0) },
        ]),
      );
    expect(await join(a)).toBe(DENIED);
    expect(await join(b)).toBe('MEMBER_ID_REQUIRED');
    await expect(consumeAsA(groupB, topicA)).rejects.toThrow('Failed to find group coordinator');
  });

  test('described', async () => {
    await expect(clientOf(a, (kafka) => kafka.describeGroup(listing(groupB)))).rejects.toMatchObject({ code: DENIED });
    expect(await clientOf(b, (kafka) => kafka.describeGroup(listing(groupB)))).toMatchObject({ committed: [{ offset: 1n }] });
  });

  test('moved or read by its offsets', async () => {
    expect(await commitAs(stack.endpoint, a, groupB, topicA)).toBe(DENIED);
    const fetch = (tenant: Tenant) =>
      codeOf(stack.endpoint, tenant, (connection) =>
        offsetFetchV9.api.async(connection, [{ groupId: groupB, memberEpoch: -1, topics: null }], false),
      );
    expect(await fetch(a)).toBe(DENIED);
    expect(await fetch(b)).toBe('NONE');
  });

  test('deleted', async () => {
    const deleteGroup = (login: Parameters<typeof codeOf>[1], id: string) =>
      codeOf(stack.endpoint, login, (connection) => deleteGroupsV2.api.async(connection, [id]));
    expect(await deleteGroup(a, groupB)).toBe(DENIED);
    const superUser = { principal: stack.admin.username, password: stack.admin.password };
    expect(await deleteGroup(superUser, `${a.prefix}other`)).toBe('NONE');
    expect((await stack.kafka.listGroups()).map(({ id }) => id)).toContain(groupB);
  });

  function listing(id: string) {
    return { id, state: 'Empty', type: 'classic', coordinator: stack.endpoint };
  }
});

test('a foreign transactional id cannot be fenced', async () => {
  const init = (tenant: Tenant, id: string) =>
    codeOf(stack.endpoint, tenant, (connection) => initProducerIdV5.api.async(connection, id, 1000));
  expect(await init(a, `${b.prefix}tx`)).toBe('TRANSACTIONAL_ID_AUTHORIZATION_FAILED');
  expect(await init(a, `${a.prefix}tx2`)).toBe('NONE');
});

test.each(['__consumer_offsets', '__transaction_state', 'the other tenant'])('%s cannot be written to', async (target) => {
  expect(await kafkajsCode(produceAsA(target === 'the other tenant' ? topicB : target))).toBe('TOPIC_AUTHORIZATION_FAILED');
  expect(await kafkajsCode(produceAsA(topicA))).toBe('NONE');
});

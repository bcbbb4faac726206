import { Consumer } from '@platformatic/kafka';
import { CompressionTypes, Kafka, logLevel } from 'kafkajs';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { readGroups, readRecords, readTopics, watchRun } from '#sandbox/lens/lens.ts';
import { eventSchema, type ServerEvent } from '#sandbox/protocol/event.ts';
import type { LensGroup, LensRecord, LensTopic } from '#sandbox/protocol/lens.ts';
import { connectKafka } from '#sandbox/services/kafka/client/connect.ts';
import type { Tenant, TenantTopic } from '#sandbox/tenancy/tenancy.ts';
import { stackFixture } from '../../stack-fixture.ts';

const stack = stackFixture();
let tenant: Tenant;
let generation = 0;
beforeAll(async () => {
  tenant = await stack.tenancy.create();
});

/** Watches a run on fresh topics and collects the events that a page would get. */
async function startWatch() {
  const topics = await stack.tenancy.createTopics(tenant, ++generation, [
    { logical: 'orders', partitions: 2 },
    { logical: 'receipts', partitions: 1 },
  ]);
  const ending = new AbortController();
  const events: ServerEvent[] = [];
  const publish = (event: ServerEvent) => events.push(eventSchema.parse(event));
  const watching = watchRun({ kafka: stack.kafka, tenant, topics, runId: 'run', publish, signal: ending.signal });
  onTestFinished(async () => {
    ending.abort();
    await watching;
  });
  const kafka = connectKafka({ endpoint: stack.endpoint, username: tenant.principal, password: tenant.password });
  onTestFinished(() => kafka[Symbol.asyncDispose]());
  const end = async () => {
    ending.abort();
    await watching;
  };
  return { topics, orders: topics[0]!, events, kafka, end };
}

function recordsIn(events: readonly ServerEvent[], topic = 'orders'): LensRecord[] {
  return events.flatMap((event) => (event.type === 'lens.records' && event.topic === topic ? event.records : []));
}

function lastOf<T extends ServerEvent['type']>(events: readonly ServerEvent[], type: T) {
  return events.findLast((event): event is Extract<ServerEvent, { type: T }> => event.type === type);
}

function endsIn(topics: readonly LensTopic[] | undefined): string[] | undefined {
  return topics?.flatMap(({ name, partitions }) => partitions.map(({ partition, end }) => `${name}/${partition}:${end}`));
}

test('shows the partitions before any record has landed', async () => {
  const { events } = await startWatch();
  await expect.poll(() => endsIn(lastOf(events, 'lens.topics')?.topics)).toEqual(['orders/0:0', 'orders/1:0', 'receipts/0:0']);
});

test('shows each record once, as it lands, under the topic name that the learner knows', async () => {
  const { events, kafka, orders, end } = await startWatch();
  await kafka.produce(orders.name, [{ partition: 1, key: 'k', value: 'first', headers: { trace: 'a' } }]);
  await expect
    .poll(() => recordsIn(events))
    .toMatchObject([{ partition: 1, offset: '0', key: 'k', value: 'first', headers: [['trace', 'a']] }]);
  await kafka.produce(
    orders.name,
    Array.from({ length: 50 }, (_, i) => ({ partition: i % 2, value: `${i}` })),
  );
  await expect.poll(() => recordsIn(events).length).toBe(51);
  await end();
  expect(recordsIn(events)).toHaveLength(51);
  expect(endsIn(lastOf(events, 'lens.topics')?.topics)).toEqual(['orders/0:25', 'orders/1:26', 'receipts/0:0']);
});

test('also shows records that landed just before the program ended', async () => {
  const { events, kafka, orders, end } = await startWatch();
  await kafka.produce(orders.name, [{ value: 'last words' }]);
  await end();
  expect(recordsIn(events).map(({ value }) => value)).toEqual(['last words']);
});

test('shows the first 2,000 records of a program that writes a lot, then only the length of the log', async () => {
  const { events, kafka, orders, end } = await startWatch();
  for (let i = 0; i < 5; i++)
    await kafka.produce(
      orders.name,
      Array.from({ length: 600 }, () => ({ partition: 0, value: 'x' })),
    );
  await end();
  expect(recordsIn(events)).toHaveLength(2000);
  expect(endsIn(lastOf(events, 'lens.topics')?.topics)).toContain('orders/0:3000');
  const largest = Math.max(...events.map((event) => JSON.stringify(event).length));
  expect(largest).toBeLessThan(128 * 1024);
});

test('a group shows its member, its assigned partitions, committed offsets and lag', async () => {
  const { events, kafka, orders } = await startWatch();
  await kafka.produce(
    orders.name,
    [0, 0, 0, 1].map((partition) => ({ partition, value: 'x' })),
  );
  const { host, port } = stack.endpoint;
  const consumer = new Consumer({
    clientId: 'main',
    groupId: `${tenant.prefix}billing`,
    bootstrapBrokers: [`${host}:${port}`],
    sasl: { mechanism: 'SCRAM-SHA-256', username: tenant.principal, password: tenant.password },
  });
  onTestFinished(() => consumer.close(true));
  const stream = await consumer.consume({ topics: [orders.name], mode: 'earliest', autocommit: false });
  await consumer.commit({ offsets: [{ topic: orders.name, partition: 0, offset: 2n, leaderEpoch: 0 }] });
  const offsets = [
    { topic: 'orders', partition: 0, committed: '2', end: '3', lag: '1' },
    { topic: 'orders', partition: 1, committed: null, end: '1', lag: null },
  ];
  const partitions = [
    { topic: 'orders', partition: 0 },
    { topic: 'orders', partition: 1 },
  ];
  const billing = { name: 'billing', state: 'Stable', members: [{ clientId: 'main', partitions }], offsets };
  await expect.poll(() => lastOf(events, 'lens.groups')?.groups).toMatchObject([billing]);
  await stream.close();
});

test("no other learner's group is seen, whatever name it has and whatever it tries to read", async () => {
  const { kafka, orders, topics } = await startWatch();
  await kafka.produce(orders.name, [{ partition: 0, value: 'x' }]);
  const neighbour = await stack.tenancy.create();
  const [theirs] = await stack.tenancy.createTopics(neighbour, 1, [{ logical: 'orders', partitions: 1 }]);
  const { host, port } = stack.endpoint;
  const open = async ({ principal, password }: Tenant, groupId: string, topic: string) => {
    const consumer = new Consumer({
      clientId: principal,
      groupId,
      bootstrapBrokers: [`${host}:${port}`],
      sasl: { mechanism: 'SCRAM-SHA-256', username: principal, password },
      retries: 0,
    });
    onTestFinished(() => consumer.close(true).catch(() => undefined));
    const stream = await consumer.consume({ topics: [topic], mode: 'earliest', autocommit: false });
    stream.on('error', () => undefined);
  };
  await open(tenant, `${tenant.prefix}mine`, orders.name);
  await open(neighbour, `${neighbour.prefix}billing`, theirs!.name);
  await expect(open(neighbour, `${tenant.prefix}theirs`, theirs!.name)).rejects.toThrow();
  await expect(open(neighbour, `${neighbour.prefix}spy`, orders.name)).rejects.toThrow();
  const namesOf = async (owner: Tenant, of: readonly TenantTopic[]) =>
    (await readGroups(stack.kafka, owner, of)).map(({ name }) => name);
  await expect.poll(() => namesOf(tenant, topics)).toContain('mine');
  await expect.poll(() => namesOf(neighbour, [theirs!])).toContain('billing');
  expect((await namesOf(tenant, topics)).filter((name) => name !== 'mine' && name !== 'billing')).toEqual([]);
  // Even one who were to ask about the topics of another sees no group of theirs.
  expect(await namesOf(neighbour, [theirs!, ...topics])).toEqual(['billing']);
  expect(await namesOf(tenant, [theirs!])).not.toContain('billing');
});

test('a watch survives the deletion of its topics', async () => {
  const { events, end } = await startWatch();
  await expect.poll(() => lastOf(events, 'lens.topics')).toBeDefined();
  await stack.tenancy.deleteOldTopics(tenant, generation + 1);
  await expect(end()).resolves.toBeUndefined();
});

test('the routes return the same data, one page at a time', async () => {
  const { orders, topics, kafka, end } = await startWatch();
  await end();
  await kafka.produce(
    orders.name,
    Array.from({ length: 700 }, (_, i) => ({ partition: 0, value: `${i}` })),
  );
  expect(endsIn(await readTopics(stack.kafka, topics))).toEqual(['orders/0:700', 'orders/1:0', 'receipts/0:0']);
  const page = await readRecords(stack.kafka, orders, { partition: 0, offset: 650n });
  expect(page.map(({ offset }) => offset)).toEqual(Array.from({ length: 50 }, (_, i) => `${650 + i}`));
  expect(await readRecords(stack.kafka, orders, { partition: 0, offset: 0n })).toHaveLength(500);
  expect(await readRecords(stack.kafka, orders, { partition: 0, offset: 9999n })).toEqual([]);
  const groups: LensGroup[] = await readGroups(stack.kafka, tenant, topics);
  expect(groups).toEqual([]);
});

test("the lens uses none of the learner's quota", async () => {
  const { orders, kafka, end } = await startWatch();
  await kafka.produce(
    orders.name,
    Array.from({ length: 20 }, () => ({ value: Buffer.alloc(100_000, 'x') })),
  );
  await end();
  const quickest = async (client: typeof kafka) => {
    const times: number[] = [];
    for (let i = 0; i < 3; i++) {
      const started = performance.now();
      expect(await client.readAll(orders.name)).toHaveLength(20);
      times.push(performance.now() - started);
    }
    return Math.min(...times);
  };
  // A client beyond its quota is held back for a second and more at each read.
  expect(await quickest(kafka)).toBeLessThan(10 * (await quickest(stack.kafka)));
});

test('a record that inflates to more than 64 MB is shown as too large, and the records around it as they are', async () => {
  const { orders, events, end } = await startWatch();
  const client = new Kafka({
    brokers: [`${stack.endpoint.host}:${stack.endpoint.port}`],
    sasl: { mechanism: 'scram-sha-256', username: tenant.principal, password: tenant.password },
    logLevel: logLevel.NOTHING,
  });
  const producer = client.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  onTestFinished(() => producer.disconnect());
  const bomb = Buffer.alloc(80 * 1024 * 1024);
  for (const value of ['before', bomb, 'between', bomb, 'after'])
    await producer.send({ topic: orders.name, compression: CompressionTypes.GZIP, messages: [{ partition: 0, value }] });
  const records = await readRecords(stack.kafka, orders, { partition: 0, offset: 0n });
  const tooLarge = expect.stringContaining('too large to show');
  expect(records.map(({ offset, value }) => [offset, value])).toEqual([
    ['0', 'before'],
    ['1', tooLarge],
    ['2', 'between'],
    ['3', tooLarge],
    ['4', 'after'],
  ]);
  await expect.poll(() => endsIn(lastOf(events, 'lens.topics')?.topics)).toContain('orders/0:5');
  await end();
});

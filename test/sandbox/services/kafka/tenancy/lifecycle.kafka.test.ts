import { Admin, Consumer } from '@platformatic/kafka';
import { expect, onTestFinished, test } from 'vitest';
import { LIMITS } from '#sandbox/config.ts';
import { connectKafka } from '#sandbox/services/kafka/client/connect.ts';
import { guardLogs } from '#sandbox/services/kafka/tenancy/log-guard.ts';
import { openTenancy } from '#sandbox/services/kafka/tenancy/shared-broker.ts';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';
import { stackFixture } from '../../../../stack-fixture.ts';
import { commitAs } from './as-tenant.ts';

const stack = stackFixture();

/** Returns what a tenant has left, in every place where it can leave something. */
async function tracesOf({ principal, prefix }: Tenant): Promise<string[]> {
  const { kafka } = stack;
  const topics = [...(await kafka.listTopics()).keys()].filter((name) => name.startsWith(prefix));
  const groups = (await kafka.listGroups()).map(({ id }) => id).filter((id) => id.startsWith(prefix));
  const has = (list: string[], where: string) => (list.includes(principal) ? [where] : []);
  return [
    ...topics,
    ...groups,
    ...has(await kafka.listUsers(), 'user'),
    ...has(await kafka.listGrantedUsers(), 'grants'),
    ...has(await kafka.listUsersWithQuota(), 'quota'),
  ];
}

function loginOf({ principal, password }: Tenant) {
  return { endpoint: stack.endpoint, username: principal, password };
}

test('a new tenant and its topics can be used immediately', async () => {
  for (let generation = 1; generation <= 5; generation++) {
    const tenant = await stack.tenancy.create();
    await using kafka = connectKafka(loginOf(tenant));
    const topics = await stack.tenancy.createTopics(tenant, generation, [
      { logical: 'orders', partitions: 3 },
      { logical: 'driver-events', partitions: 1 },
    ]);
    expect(topics).toEqual([
      { logical: 'orders', name: `${tenant.prefix}${generation}.orders`, partitions: 3 },
      { logical: 'driver-events', name: `${tenant.prefix}${generation}.driver-events`, partitions: 1 },
    ]);
    for (const { name, partitions } of topics) {
      const records = Array.from({ length: partitions }, (_, partition) => ({ partition, value: 'first' }));
      expect(await kafka.produce(name, records)).toHaveLength(partitions);
    }
    expect(await tracesOf(tenant)).toEqual(expect.arrayContaining(['user', 'grants', 'quota']));
  }
});

test("topics of earlier runs are deleted; the current ones and other tenants' stay", async () => {
  const [tenant, other] = await Promise.all([stack.tenancy.create(), stack.tenancy.create()]);
  const orders = [{ logical: 'orders', partitions: 1 }];
  for (const generation of [1, 2, 10]) await stack.tenancy.createTopics(tenant, generation, orders);
  const [kept] = await stack.tenancy.createTopics(other, 1, orders);
  await stack.tenancy.deleteOldTopics(tenant, 10);
  const names = [...(await stack.kafka.listTopics()).keys()];
  expect(names.filter((name) => name.startsWith(tenant.prefix))).toEqual([`${tenant.prefix}10.orders`]);
  expect(names).toContain(kept?.name);
});

test('a removed tenant leaves nothing, and removing it again does nothing', async () => {
  const tenant = await stack.tenancy.create();
  const [topic] = await stack.tenancy.createTopics(tenant, 1, [{ logical: 'orders', partitions: 1 }]);
  expect(await commitAs(stack.endpoint, tenant, `${tenant.prefix}g`, topic!.name)).toBe('NONE');
  expect(await tracesOf(tenant)).toHaveLength(5);
  await stack.tenancy.remove(tenant);
  expect(await tracesOf(tenant)).toEqual([]);
  await stack.tenancy.remove(tenant);
  await using kafka = connectKafka(loginOf(tenant));
  await expect(kafka.listTopics()).rejects.toMatchObject({ code: 'SASL_AUTHENTICATION_FAILED' });
});

test.each(['classic', 'consumer'] as const)('a %s group is removed while a member still reads', async (groupProtocol) => {
  const tenant = await stack.tenancy.create();
  const [topic] = await stack.tenancy.createTopics(tenant, 1, [{ logical: 'orders', partitions: 2 }]);
  const { host, port } = stack.endpoint;
  const consumer = new Consumer({
    clientId: 'left-over',
    groupId: `${tenant.prefix}${groupProtocol}`,
    groupProtocol,
    bootstrapBrokers: [`${host}:${port}`],
    sasl: { mechanism: 'SCRAM-SHA-256', username: tenant.principal, password: tenant.password },
    retries: 0,
  });
  consumer.on('error', () => undefined);
  onTestFinished(() => consumer.close(true).catch(() => undefined));
  const stream = await consumer.consume({ topics: [topic!.name], mode: 'earliest', autocommit: 100 });
  stream.on('error', () => undefined);
  await using kafka = connectKafka(loginOf(tenant));
  await kafka.produce(topic!.name, [{ value: 'a' }]);
  const ownedPartitions = async () => {
    const [group] = (await stack.kafka.listGroups()).filter(({ id }) => id.startsWith(tenant.prefix));
    return (await stack.kafka.describeGroup(group!)).members.flatMap(({ partitions }) => partitions);
  };
  await expect.poll(ownedPartitions).toHaveLength(2);
  await stack.tenancy.remove(tenant);
  expect(await tracesOf(tenant)).toEqual([]);
});

test('a connection that is still open loses access when its tenant is removed', async () => {
  const tenant = await stack.tenancy.create();
  const [topic] = await stack.tenancy.createTopics(tenant, 1, [{ logical: 'orders', partitions: 1 }]);
  await using kafka = connectKafka(loginOf(tenant));
  await kafka.produce(topic!.name, [{ value: 'a' }]);
  await stack.tenancy.remove(tenant);
  await expect(kafka.produce(topic!.name, [{ value: 'b' }])).rejects.toMatchObject({ code: 'TOPIC_AUTHORIZATION_FAILED' });
  expect(await kafka.listTopics()).toEqual(new Map());
});

test('a sweep removes what a crash left, and nothing of the tenants to keep', async () => {
  await stack.tenancy.sweep([]);
  const [kept, crashed] = await Promise.all([stack.tenancy.create(), stack.tenancy.create()]);
  await stack.tenancy.createTopics(kept, 1, [{ logical: 'orders', partitions: 1 }]);
  await stack.tenancy.createTopics(crashed, 1, [{ logical: 'orders', partitions: 1 }]);
  // Only a topic of this tenant is left.
  const half = await stack.tenancy.create();
  await stack.tenancy.createTopics(half, 1, [{ logical: 'orders', partitions: 1 }]);
  await stack.kafka.deleteUsers([half.principal]);
  await stack.kafka.revokeAll([half.principal]);
  await stack.kafka.setQuota([half.principal], null);

  expect(await stack.tenancy.sweep([kept])).toBe(2);
  expect(await tracesOf(kept)).toHaveLength(4);
  expect(await tracesOf(crashed)).toEqual([]);
  expect(await tracesOf(half)).toEqual([]);
  expect(await stack.kafka.listUsers()).toContain(stack.admin.username);
});

test('of several installations on one broker, each sweeps and limits its own tenants only', async () => {
  const { kafka, endpoint } = stack;
  const open = (mark: string, isNew = false) =>
    openTenancy({ kafka, broker: endpoint, limits: LIMITS, installation: { mark, isNew } });
  const [ours, theirs] = [open('aaaaaaa'), open('bbbbbbb')];
  const [mine, other] = [await ours.create(), await theirs.create()];
  const unmarked = { principal: 'u0123abcd', password: 'unused', prefix: 'u0123abcd.' };
  await kafka.createUser(unmarked.principal, unmarked.password);
  for (const { prefix } of [mine, other, unmarked]) await kafka.createTopics([{ name: `${prefix}1.orders`, partitions: 1 }]);
  const before = { other: await tracesOf(other), unmarked: await tracesOf(unmarked) };
  expect(before.other).toHaveLength(4);

  expect(await ours.sweep([])).toBe(1);
  expect(await tracesOf(mine)).toEqual([]);
  expect({ other: await tracesOf(other), unmarked: await tracesOf(unmarked) }).toEqual(before);

  await using _guard = guardLogs({ kafka, limits: { kafka: { ...LIMITS.kafka, tenantBytes: 0 } }, mark: 'aaaaaaa', everyMs: 10 });
  await stack.kafka.produce(`${other.prefix}1.orders`, [{ value: 'x' }]);
  const [own] = await ours.createTopics(await ours.create(), 1, [{ logical: 'orders', partitions: 1 }]);
  await stack.kafka.produce(own?.name ?? '', [{ value: 'x' }]);
  await expect.poll(async () => (await kafka.listTopics()).has(own?.name ?? '')).toBe(false);
  expect(await tracesOf(other)).toEqual(before.other);

  // Of the first start with a mark, on a broker of its own.
  const upgraded = open('ccccccc', true);
  expect(await upgraded.sweep([])).toBe(1);
  expect(await tracesOf(unmarked)).toEqual([]);
  expect(await tracesOf(other)).toEqual(before.other);
  await kafka.createTopics([{ name: 'u0123abcd.1.orders', partitions: 1 }]);
  expect(await upgraded.sweep([])).toBe(0);
  await kafka.deleteTopics(['u0123abcd.1.orders']);
  expect(await Promise.all([ours.sweep([]), theirs.sweep([])])).toEqual([1, 1]);
});

test('twenty tenants created together are all usable', async () => {
  const tenants = await Promise.all(Array.from({ length: 20 }, () => stack.tenancy.create()));
  expect(new Set(tenants.map(({ prefix }) => prefix)).size).toBe(20);
  await Promise.all(
    tenants.map(async (tenant) => {
      await using kafka = connectKafka(loginOf(tenant));
      expect(await kafka.listTopics()).toEqual(new Map());
    }),
  );
});

test('a topic holds no more than its cap', async () => {
  const tenant = await stack.tenancy.create();
  const [topic] = await stack.tenancy.createTopics(tenant, 1, [{ logical: 'orders', partitions: 5 }]);
  const { host, port } = stack.endpoint;
  const { username, password } = stack.admin;
  const bootstrapBrokers = [`${host}:${port}`];
  const admin = new Admin({ clientId: 'test', bootstrapBrokers, sasl: { mechanism: 'SCRAM-SHA-256', username, password } });
  onTestFinished(() => admin.close());
  const [described] = await admin.describeConfigs({ resources: [{ resourceType: 2, resourceName: topic!.name }] });
  const configs = new Map(described?.configs.map(({ name, value }) => [name, value]));
  // A partition holds its retention and up to one segment more.
  const perPartition = Number(configs.get('retention.bytes')) + Number(configs.get('segment.bytes'));
  expect(5 * perPartition).toBe(50_000_000);
});

import { rm } from 'node:fs/promises';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIMITS } from '#sandbox/config.ts';
import { makeTemporaryFolder } from '#sandbox/host/instance-name.ts';
import { HeldDedicatedKafka } from '#sandbox/leases/dedicated-kafka.ts';
import { type DedicatedPool, openDedicatedPool } from '#sandbox/leases/dedicated-pool.ts';
import { type Waiting, waitingFor } from '#sandbox/protocol/waiting.ts';
import { connectKafka } from '#sandbox/services/kafka/client/connect.ts';
import { stackFixture } from '../../stack-fixture.ts';
import { kafkajsCode } from '../services/kafka/tenancy/as-tenant.ts';

const STARTS_MS = 240_000;

const fixture = stackFixture();
const pids: number[] = [];
let dir = '';
let pool: DedicatedPool | null = null;
const dedicated: Pick<DedicatedPool, 'take'> = {
  take: (...wanted) => {
    if (!pool) throw new Error('the pool is open inside tests only');
    return pool.take(...wanted);
  },
};

beforeAll(async () => {
  dir = await makeTemporaryFolder();
  pool = openDedicatedPool({
    limits: { ...LIMITS, dedicated: { ...LIMITS.dedicated, memoryMb: LIMITS.dedicated.nodeMb } },
    dir,
    stack: async () => fixture,
    onFault: (error) => expect.fail(String(error)),
    onService: (_name, pid) => pids.push(pid),
  });
});
afterAll(async () => {
  await pool?.[Symbol.asyncDispose]();
  await rm(dir, { recursive: true, force: true });
});

test(
  'a learner operates what is the own, and nothing else; a broker that ended is replaced at the next run',
  async () => {
    const stack = async () => fixture;
    await using lease = new HeldDedicatedKafka({ pool: dedicated, stack, onFault: (error) => expect.fail(String(error)) });
    const waits: Waiting[] = [];
    const taken = await lease.take(1, undefined, (what) => waits.push(what));
    expect(waits).toContainEqual(waitingFor('dedicated-kafka-start'));
    const [{ host, port }] = taken.endpoints;
    const { principal: username, password, prefix } = taken.tenant;
    const sasl = { mechanism: 'scram-sha-256' as const, username, password };
    const admin = new Kafka({ brokers: [`${host}:${port}`], sasl, logLevel: logLevel.NOTHING, retry: { retries: 0 } }).admin();
    await admin.connect();
    const topic = `${prefix}mine`;
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] });
    await admin.createPartitions({ topicPartitions: [{ topic, count: 2 }] });
    const retention = { type: 2, name: topic, configEntries: [{ name: 'retention.ms', value: '60000' }] };
    await admin.alterConfigs({ validateOnly: false, resources: [retention] });
    await admin.deleteTopics({ topics: [topic] });
    expect(await kafkajsCode(admin.createTopics({ topics: [{ topic: 'elsewhere' }] }))).toBe('TOPIC_AUTHORIZATION_FAILED');
    const grant = { resourceType: 2, resourceName: '*', resourcePatternType: 3, host: '*', operation: 2, permissionType: 3 };
    expect(await kafkajsCode(admin.createAcls({ acl: [{ ...grant, principal: `User:${username}` }] }))).toBe(
      'CLUSTER_AUTHORIZATION_FAILED',
    );
    await admin.disconnect();

    expect(lease.size()).toBe(1);
    process.kill(pids.at(-1) ?? 0, 'SIGKILL');
    await expect.poll(() => lease.size()).toBe(0);
    const next = await lease.take(1);
    await using kafka = connectKafka({
      endpoint: next.endpoints[0],
      username: next.tenant.principal,
      password: next.tenant.password,
    });
    expect(await kafka.listTopics()).toEqual(new Map());
  },
  STARTS_MS,
);

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { readFolder } from '#sandbox/catalog/folder.ts';
import { readExercise } from '#sandbox/catalog/read-exercise.ts';
import { connectKafka } from '#sandbox/clients/kafka.ts';
import { LIMITS, PROJECT_DIR } from '#sandbox/config.ts';
import { gradeSubmission } from '#sandbox/grading/grade.ts';
import { makeTemporaryFolder } from '#sandbox/instance-name.ts';
import { LeaseKafka } from '#sandbox/leases/dedicated-kafka.ts';
import { type DedicatedPool, openDedicatedPool } from '#sandbox/leases/dedicated-pool.ts';
import { firstFailure, openTestBench } from '../grading/bench.ts';
import { kafkajsCode } from '../tenancy/as-tenant.ts';

// Three brokers start in 5 s on a free machine.
const STARTS_MS = 240_000;

const bench = openTestBench();
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
    limits: { ...LIMITS, dedicated: { ...LIMITS.dedicated, memoryMb: 3 * LIMITS.dedicated.nodeMb } },
    dir,
    stack: async () => bench.stack,
    onFault: (error) => expect.fail(String(error)),
    onService: (_name, pid) => pids.push(pid),
  });
});
afterAll(async () => {
  await pool?.[Symbol.asyncDispose]();
  await rm(dir, { recursive: true, force: true });
});

async function brokerDown(): Promise<{ exercise: Exercise; programs: Record<string, string> }> {
  const folder = join(PROJECT_DIR, 'test/fixtures/lessons/broker-down');
  const files = await readFolder(folder);
  const exercise = readExercise({ lesson: 'test/broker-down', title: 'A broker dies', dir: folder, path: 'broker-down', files });
  if (!exercise) throw new Error('the fixture has no exercise');
  return { exercise, programs: files };
}

async function grade(program: string, rounds: number) {
  const { exercise, programs } = await brokerDown();
  const files = { 'main.ts': programs[program] ?? '' };
  const submission = { exercise, files, submissionId: 'test', queuedAt: new Date(), rounds };
  return gradeSubmission({ ...bench.bench(), dedicated, ...submission, onFault: (error) => console.error(error) });
}

test(
  'what was acknowledged by all is there after the leader was killed, and writing goes on, round after round',
  async () => {
    const report = await grade('solution/main.ts', 2);
    expect(report).toMatchObject({ status: 'pass', rounds: 2 });
  },
  STARTS_MS,
);

test.each([
  ['wrong/one-copy.ts', 'copies'],
  ['wrong/three-in-sync.ts', 'goes-on'],
])(
  '%s fails %s',
  async (program, check) => {
    const report = await grade(program, 1);
    expect(report).toMatchObject({ status: 'fail' });
    expect(firstFailure(report)?.id).toBe(check);
  },
  STARTS_MS,
);

test(
  'a learner operates what is the own, and nothing else; a broker that ended is replaced at the next run',
  async () => {
    const stack = async () => bench.stack;
    await using lease = new LeaseKafka({ pool: dedicated, stack, onFault: (error) => expect.fail(String(error)) });
    const waits: string[] = [];
    const own = await lease.take(1, undefined, (what) => waits.push(what));
    expect(waits).toContain('your own Kafka to start');
    const [{ host, port }] = own.endpoints;
    const { principal: username, password, prefix } = own.tenant;
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

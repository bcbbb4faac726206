import { afterAll, beforeAll, expect, test } from 'vitest';
import { changelogModes } from '#sandbox/languages/flink-sql/changelog.ts';
import { executeSql } from '#sandbox/languages/flink-sql/execute.ts';
import type { LentFlink } from '#sandbox/leases/flink-pool.ts';
import { watchJobs } from '#sandbox/lens/jobs.ts';
import type { LensJob, LensOperator } from '#sandbox/protocol/lens.ts';
import { connectFlinkGateway } from '#sandbox/services/flink/client/gateway.ts';
import { connectFlinkJobs } from '#sandbox/services/flink/client/jobs.ts';
import type { Tenant, TenantTopic } from '#sandbox/tenancy/tenancy.ts';
import { flinkFixture } from '../../flink-fixture.ts';
import { until } from '../test-server.ts';

/** The first query of a JVM takes seconds, and Flink tells its numbers every few seconds; a busy machine has little of its time for both. */
const WAIT_MS = 150_000;
const LIMIT = { timeout: WAIT_MS + 30_000 };

const stack = flinkFixture();
let lent: LentFlink;
let tenant: Tenant;
let topics: readonly TenantTopic[];

const TABLES = `
CREATE TABLE rides (id INT, zone STRING, began_at TIMESTAMP(3), WATERMARK FOR began_at AS began_at - INTERVAL '5' SECOND)
  WITH ('connector' = 'kafka', 'topic' = 'rides', 'format' = 'json', 'scan.startup.mode' = 'earliest-offset');
CREATE TABLE zones (zone STRING, city STRING, PRIMARY KEY (zone) NOT ENFORCED)
  WITH ('connector' = 'upsert-kafka', 'topic' = 'zones', 'key.format' = 'raw', 'value.format' = 'json');
CREATE TABLE per_zone (zone STRING, n BIGINT, PRIMARY KEY (zone) NOT ENFORCED)
  WITH ('connector' = 'upsert-kafka', 'topic' = 'per-zone', 'key.format' = 'raw', 'value.format' = 'json');
`;

beforeAll(async () => {
  const gateway = connectFlinkGateway(stack.flink.gateway);
  const jobs = connectFlinkJobs(stack.flink.rest);
  lent = {
    ...{ flink: stack.flink, broker: stack.endpoint, gateway, jobs, broken: () => false, discard: () => undefined },
    [Symbol.asyncDispose]: async () => undefined,
  };
  tenant = await stack.tenancy.create();
  topics = await stack.tenancy.createTopics(tenant, 1, [
    { logical: 'rides', partitions: 3 },
    { logical: 'zones', partitions: 1 },
    { logical: 'per-zone', partitions: 1 },
  ]);
  const zones = ['north', 'harbour', 'market'];
  const nameOf = (logical: string) => topics.find((topic) => topic.logical === logical)?.name ?? '';
  await stack.kafka.produce(
    nameOf('rides'),
    Array.from({ length: 300 }, (_, id) => ({
      partition: id % 3,
      value: JSON.stringify({
        id,
        zone: zones[id % 3],
        began_at: new Date(id * 1000).toISOString().replace('T', ' ').replace('Z', ''),
      }),
    })),
  );
  await stack.kafka.produce(
    nameOf('zones'),
    zones.map((zone) => ({ key: zone, value: JSON.stringify({ zone, city: 'Basel' }) })),
  );
});

afterAll(() => {
  lent.gateway[Symbol.dispose]();
  lent.jobs[Symbol.dispose]();
});

/** Runs a statement and watches its job until it is as wanted; returns the job. */
async function jobOf(sql: string, wanted: (job: LensJob) => boolean): Promise<LensJob> {
  const stopping = new AbortController();
  const over = new AbortController();
  const files = [
    { name: 'tables.sql', text: TABLES },
    { name: 'main.sql', text: sql },
  ];
  const started = new Map<number, string>();
  let seen: LensJob[] = [];
  const executing = executeSql({
    ...{ flink: lent, tenant, generation: 1, files, bounded: false, signal: stopping.signal },
    onStatement: ({ index, jobId }) => jobId !== null && started.set(index, jobId),
    limits: { timeMs: WAIT_MS, maxJobs: 4 },
  });
  const watching = watchJobs({
    jobs: lent.jobs,
    started: () => [...started].map(([statement, jobId]) => ({ statement, jobId })),
    topics,
    modes: () => changelogModes({ flink: lent, tenant, files, signal: over.signal }),
    onJobs: (jobs) => {
      seen = jobs;
    },
    signal: over.signal,
  });
  try {
    const jobs = await until(
      () => seen,
      ([job]) => job !== undefined && wanted(job),
      WAIT_MS,
    );
    return jobs[0] ?? expect.fail('no job');
  } finally {
    stopping.abort();
    await executing;
    over.abort();
    await watching;
    expect(seen.map(({ state }) => state)).toEqual(['CANCELED']);
  }
}

const shape = ({ operators }: LensJob) =>
  operators.map(({ name, detail, inputs, changelogMode }) => [
    name,
    detail,
    inputs.map((input) => operators.find(({ id }) => id === input)?.name).join(', '),
    changelogMode,
  ]);
const last = ({ operators }: LensJob) => operators.at(-1);
/** The last record is of second 299, and partition 0 holds the watermark back, at 5 s before second 297. */
const hasReadAll = ({ watermarkMs, partitions }: LensOperator) =>
  watermarkMs === 292_000 && partitions.every((partition) => partition.watermarkMs === 292_000 + 1000 * partition.partition);
const isWhole = ({ operators }: LensJob) =>
  operators.some(({ changelogMode }) => changelogMode !== null) && operators[0]?.partitions.length === 3;

test(
  'a windowed query has numbers for each operator of a chain, and event time follows the slowest partition',
  LIMIT,
  async () => {
    const job = await jobOf(
      `SELECT zone, window_end, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE rides, DESCRIPTOR(began_at), INTERVAL '1' MINUTE))
     WHERE id <> 3 GROUP BY zone, window_start, window_end;`,
      // Each operator's numbers come at a time of their own.
      (seen) => last(seen)?.recordsIn === 12 && isWhole(seen) && seen.operators.every(hasReadAll),
    );
    expect(shape(job)).toEqual([
      ['Source', 'rides, 3 partitions', '', '+I'],
      ['Calc', 'zone, began_at where (id <> 3)', 'Source', '+I'],
      ['Local window', 'TUMBLE 1 min, by zone', 'Calc', '+I'],
      ['Global window', 'TUMBLE 1 min, by zone', 'Local window', '+I'],
      ['Calc', 'zone, window_end, n', 'Global window', '+I'],
      ['Result', 'to this page', 'Calc', null],
    ]);
    const [source, calc] = job.operators;
    expect(source).toMatchObject({ recordsIn: 300, recordsOut: 300, watermarkMs: 292_000 });
    expect(source?.partitions).toEqual([
      { topic: 'rides', partition: 0, watermarkMs: 292_000 },
      { topic: 'rides', partition: 1, watermarkMs: 293_000 },
      { topic: 'rides', partition: 2, watermarkMs: 294_000 },
    ]);
    expect(calc).toMatchObject({ recordsIn: 300, recordsOut: 299, watermarkMs: 292_000 });
  },
);

test('an aggregate into an upsert table emits updates', LIMIT, async () => {
  const job = await jobOf(
    'INSERT INTO per_zone SELECT zone, COUNT(*) FROM rides GROUP BY zone;',
    (seen) => last(seen)?.recordsIn === 300 && isWhole(seen),
  );
  expect(shape(job)).toEqual([
    ['Source', 'rides, 3 partitions', '', '+I'],
    ['Calc', 'zone', 'Source', '+I'],
    ['Group', 'COUNT(*) by zone', 'Calc', '+I +U'],
    ['Sink', 'per_zone', 'Group', null],
  ]);
});

test('a join has two inputs and a changelog mode', LIMIT, async () => {
  const job = await jobOf(
    'SELECT rides.id, zones.city FROM rides JOIN zones ON rides.zone = zones.zone;',
    (seen) => (last(seen)?.recordsIn ?? 0) >= 300 && isWhole(seen),
  );
  const join = job.operators.find(({ name }) => name === 'Join');
  expect(join?.inputs).toHaveLength(2);
  expect(
    job.operators
      .filter(({ inputs }) => inputs.length === 0)
      .map(({ name, detail }) => `${name} ${detail}`)
      .sort(),
  ).toEqual(['Source rides, 3 partitions', 'Source zones, 1 partition']);
  expect(join?.changelogMode).toBe('+I -U +U -D');
  expect(job.operators.find(({ name }) => name === 'Normalize')?.changelogMode).toBe('+I -U +U -D');
});

test("a job does not show the tenant's name", LIMIT, async () => {
  const job = await jobOf('SELECT zone FROM rides;', (seen) => (last(seen)?.recordsIn ?? 0) === 300);
  expect(JSON.stringify(job)).not.toContain(tenant.principal);
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFlinks } from '#sandbox/app/flinks.ts';
import { gradingParts } from '#sandbox/app/grading-parts.ts';
import { gradeSubmission } from '#sandbox/grading/grade.ts';
import { executeSql } from '#sandbox/languages/flink-sql/execute.ts';
import type { FlinkPool, LentFlink } from '#sandbox/leases/flink-pool.ts';
import { generationPrefix } from '#sandbox/tenancy/prefix.ts';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';
import { CODE, PLANS, SETTINGS } from '../sandbox/services/flink/gate/refused-statements.ts';
import { gatewayByHand } from './gateway-by-hand.ts';
import { memoryOfTree } from './product.ts';
import type { BenchStack } from './stack.ts';
import { compare, round, summary, timed } from './statistics.ts';

const EVENTS = 1000;
const COUNT = 20;
const CHECKS = 5;
const QUERIES = 60;
const TIME_LIMIT_MS = 60_000;

const ORDERS = `CREATE TABLE orders (id BIGINT, amount DECIMAL(10, 2), ordered_at TIMESTAMP(3),
  WATERMARK FOR ordered_at AS ordered_at - INTERVAL '5' SECOND)
WITH ('connector' = 'kafka', 'topic' = 'orders', 'format' = 'json', 'scan.startup.mode' = 'earliest-offset')`;
const COPIES = `CREATE TABLE copies (id BIGINT, amount DECIMAL(10, 2))
WITH ('connector' = 'kafka', 'topic' = 'copies', 'format' = 'json')`;
const WINDOWS = `SELECT window_start, COUNT(*) AS orders, SUM(amount) AS total
FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ordered_at), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end`;
const COPY = 'INSERT INTO copies SELECT id, amount FROM orders';

/**
 * Flink: SQL as a Run executes it against the same statements sent to the gateway by hand, alternately; a Check of
 * `flink-sql/filter-route`; the time to the first result with and without a spare; refusals; and memory. Times in ms.
 */
export async function benchFlink(bench: BenchStack) {
  const first = await firstResult(bench, 0);
  const warm = await firstResult(bench, 1);
  await using pool = open(bench, 1);
  await using flink = await pool.take();
  const { tenant, remove } = await tenantWithOrders(bench);
  const pssMb = () => memoryOfTree(flink.flink.pid)[0]?.pssMb;
  const pssAfterWarmUp = pssMb();
  const properties = propertiesOf(flink, tenant);
  const hand = gatewayByHand(flink.flink);
  const ours = (statements: string[]) => () => run(flink, tenant, statements);
  const byHand = (statements: string[]) => () => hand.run(statements, properties);
  const query = await compare(COUNT, ours([ORDERS, WINDOWS]), byHand([ORDERS, WINDOWS]));
  const insert = await compare(COUNT, ours([ORDERS, COPIES, COPY]), byHand([ORDERS, COPIES, COPY]));
  const refused = [...PLANS, ...CODE, ...SETTINGS].map(([, statement]) => statement);
  const refusals = summary(await hand.refusals(refused, properties));
  for (let i = 2 * COUNT; i < QUERIES; i++) await run(flink, tenant, [ORDERS, WINDOWS]);
  const memory = { aimMb: 700, afterWarmUp: pssAfterWarmUp, afterQueries: pssMb() };
  const check = await benchCheckOfSql(bench, pool);
  await remove();
  return {
    query: { aimRatio: 1.2, ...query },
    insert: { aimRatio: 1.2, ...insert },
    refusalsMs: { aimP95: 50, ...refusals },
    checkOfFilterRouteMs: check,
    firstResultMs: { withoutSpare: first, withSpare: warm },
    pss: memory,
  };
}

/** From asking for a Flink to the end of the first windowed query on it. */
async function firstResult(bench: BenchStack, spares: number): Promise<number> {
  await using pool = open(bench, spares);
  if (spares > 0) {
    pool.warm();
    while (pool.counts().spare < spares) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { tenant, remove } = await tenantWithOrders(bench);
  const ms = await timed(async () => {
    await using flink = await pool.take();
    await run(flink, tenant, [ORDERS, WINDOWS]);
  });
  await remove();
  return round(ms, 0);
}

async function benchCheckOfSql({ parts, stack, catalog, config }: BenchStack, flink: FlinkPool) {
  const exercise = catalog.exercise('flink-sql/filter-route');
  const files = { 'main.sql': readFileSync(join(exercise.dir, 'solution/main.sql'), 'utf8') };
  const times: number[] = [];
  for (let seed = 1; seed <= CHECKS; seed++) {
    const grade = async () => {
      const report = await gradeSubmission({
        ...gradingParts(parts, stack),
        ...{ exercise, files, seed, config, flink },
        submissionId: `bench-${seed}`,
        queuedAt: new Date(),
        signal: AbortSignal.timeout(120_000),
      });
      if (report.status !== 'pass') throw new Error(`the solution got ${report.status}: ${JSON.stringify(report.checks)}`);
    };
    times.push(await timed(grade));
  }
  return summary(times);
}

async function run(flink: LentFlink, tenant: Tenant, statements: readonly string[]): Promise<void> {
  const result = await executeSql({
    ...{ flink, tenant, generation: 1, bounded: true },
    files: [{ name: 'main.sql', text: statements.map((statement) => `${statement};\n`).join('') }],
    limits: { timeMs: TIME_LIMIT_MS, maxJobs: 4 },
  });
  if (result.kind !== 'sql-finished') throw new Error(JSON.stringify(result));
}

function propertiesOf({ flink, broker }: LentFlink, { principal, password, prefix }: Tenant): Record<string, string> {
  return {
    'sandbox.key': flink.key,
    'sandbox.prefix': generationPrefix(prefix, 1),
    'sandbox.username': principal,
    'sandbox.password': password,
    'sandbox.bootstrap': `${broker.host}:${broker.port}`,
    'sandbox.bounded': 'latest',
    'sandbox.max-jobs': '4',
  };
}

async function tenantWithOrders({ stack: { tenancy, kafka } }: BenchStack) {
  const tenant = await tenancy.create();
  const [orders] = await tenancy.createTopics(tenant, 1, [
    { logical: 'orders', partitions: 1 },
    { logical: 'copies', partitions: 1 },
  ]);
  const records = Array.from({ length: EVENTS }, (_, id) => {
    const at = new Date(Date.UTC(2026, 0, 1) + id * 1000).toISOString().slice(0, 19).replace('T', ' ');
    return { key: String(id), value: JSON.stringify({ id, amount: 1.5, ordered_at: at }) };
  });
  if (orders) await kafka.produce(orders.name, records);
  return { tenant, remove: () => tenancy.remove(tenant) };
}

/** Flinks apart from those of the parts, which are kept warm by the configured number. */
function open({ stack, config }: BenchStack, spares: number): FlinkPool & AsyncDisposable {
  const dir = mkdtempSync(join(tmpdir(), 'streamwright-bench-'));
  const limits = { ...config.limits, flink: { ...config.limits.flink, spares } };
  const onFault = (error: unknown) => console.error(error);
  const pool = openFlinks({ config: { ...config, limits }, dir, stack: async () => stack, onFault });
  return {
    ...pool,
    async [Symbol.asyncDispose]() {
      await pool[Symbol.asyncDispose]();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

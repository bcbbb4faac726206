/**
 * Runs SQL on the suite's Flink as a separate tenant: topics with records, and a run whose statements, changes and tables are kept.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { executeSql } from '#sandbox/languages/flink-sql/execute.ts';
import type { RunResult } from '#sandbox/protocol/run.ts';
import type { SqlChange, SqlStatement, SqlTable } from '#sandbox/protocol/sql.ts';
import { type FlinkSeat, seatOf } from '#sandbox/services/flink/session/seat.ts';
import type { Tenant, TenantTopic } from '#sandbox/tenancy/tenancy.ts';
import { type FlinkFixture, flinkFixture } from '../../../flink-fixture.ts';

export const ORDERS = `CREATE TABLE orders (id BIGINT, customer STRING, amount DECIMAL(10, 2), at TIMESTAMP(3),
  WATERMARK FOR at AS at - INTERVAL '5' SECOND)
WITH ('connector' = 'kafka', 'topic' = 'orders', 'format' = 'json', 'scan.startup.mode' = 'earliest-offset');\n`.replaceAll(
  ' at ',
  ' `at` ',
);

export interface KeptRun {
  result: Promise<RunResult>;
  /** By index, each as it was last reported. */
  statements: SqlStatement[];
  changes: Map<number, SqlChange[]>;
  tables: Map<number, SqlTable>;
  stop: () => void;
}

export interface SqlFixture extends FlinkFixture {
  readonly seat: FlinkSeat;
  /** Creates a tenant with topics of generation 1, which hold these records. */
  tenantWith(records: Record<string, readonly unknown[]>): Promise<{ tenant: Tenant; topics: TenantTopic[] }>;
  run(tenant: Tenant, text: string, options?: RunOptions): KeptRun;
  /** Returns the jobs that have not ended. */
  runningJobs(): Promise<string[]>;
}

export interface RunOptions {
  bounded?: boolean;
  tables?: string;
  /** Those that exist; not known when left out. */
  topics?: readonly string[];
  timeMs?: number;
  seat?: FlinkSeat;
}

export function sqlFixture(): SqlFixture {
  const stack = flinkFixture();
  const seat = seatOf(stack.flink, stack.endpoint, (error) => {
    throw error;
  });
  afterAll(() => {
    seat.gateway[Symbol.dispose]();
    seat.jobs[Symbol.dispose]();
  });
  return Object.assign(stack, {
    seat,
    async tenantWith(records: Record<string, readonly unknown[]>) {
      const tenant = await stack.tenancy.create();
      const logical = Object.keys(records).map((name) => ({ logical: name, partitions: 1 }));
      const topics = await stack.tenancy.createTopics(tenant, 1, logical);
      for (const topic of topics) await produce(stack, topic, records[topic.logical] ?? []);
      return { tenant, topics };
    },
    run: (tenant: Tenant, text: string, options?: RunOptions) => startRun(options?.seat ?? seat, tenant, text, options),
    runningJobs: async () => {
      const jobs = await seat.jobs.list();
      return jobs.filter(({ state }) => !['FINISHED', 'CANCELED', 'FAILED'].includes(state)).map(({ id }) => id);
    },
  });
}

export async function produce(stack: FlinkFixture, topic: TenantTopic | undefined, values: readonly unknown[]): Promise<void> {
  if (!topic) throw new Error('no such topic');
  const records = values.map((value, key) => ({
    key: String(key),
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }));
  if (records.length > 0) await stack.kafka.produce(topic.name, records);
}

function startRun(
  seat: FlinkSeat,
  tenant: Tenant,
  text: string,
  { bounded = true, tables = '', topics, timeMs = 30_000 }: RunOptions = {},
): KeptRun {
  const stop = new AbortController();
  const statements: SqlStatement[] = [];
  const changes = new Map<number, SqlChange[]>();
  const folded = new Map<number, SqlTable>();
  const result = executeSql({
    ...{ flink: seat, tenant, generation: 1, topics, bounded, signal: stop.signal },
    files: [
      { name: 'tables.sql', text: tables },
      { name: 'main.sql', text },
    ],
    onStatement: (statement) => {
      statements[statement.index] = statement;
    },
    onChanges: (index, first, added) => {
      const known = changes.get(index) ?? [];
      if (first !== known.length) throw new Error(`changes from ${first} on came after ${known.length}`);
      changes.set(index, [...known, ...added]);
    },
    onTable: (index, table) => folded.set(index, table),
    limits: { timeMs, maxJobs: 4 },
  });
  return { result, statements, changes, tables: folded, stop: () => stop.abort() };
}

/** Waits until a condition of a run holds. */
export async function until(look: () => boolean | Promise<boolean>, what: string, limitMs = 20_000): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await look())) {
    if (performance.now() > deadline) throw new Error(`timed out after ${limitMs} ms waiting for ${what}`);
    await delay(10);
  }
}

/** Returns orders of January 2026, one every `everySeconds`. */
export function orders(count: number, { from = 0, everySeconds = 10 } = {}): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, i) => {
    const id = from + i;
    const at = new Date(Date.UTC(2026, 0, 1) + id * everySeconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
    return { id, customer: `c${id % 3}`, amount: 1.25, at };
  });
}

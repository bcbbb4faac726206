/**
 * Tenants on the suite's only Flink, each with its own topics and the tables that the cases use.
 */
import { afterAll, expect } from 'vitest';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';
import { type FlinkFixture, flinkFixture } from '../../../../flink-fixture.ts';
import { type GateSession, type Outcome, openGateSession } from './gate-session.ts';

export interface GateFixture extends FlinkFixture {
  /** Creates a tenant with the topics `orders` (10 records, ids from `firstId`), `outk` and `totals` in generation 1. */
  tenant(firstId?: number): Promise<Tenant>;
  /** Returns the properties of a tenant's session, as the server sets them. */
  properties(tenant: Tenant, changes?: Record<string, string>): Record<string, string>;
  /** Opens a session, which is closed after the file's last test. */
  session(tenant: Tenant, changes?: Record<string, string>): Promise<GateSession>;
}

export const KAFKA_TABLE = `'connector'='kafka', 'topic'='orders', 'format'='json', 'scan.startup.mode'='earliest-offset'`;

/** Tables that the cases' statements need; each passes the gate. */
export const TABLES = [
  `CREATE TABLE orders (id INT, user_id STRING, amount DOUBLE, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
   WITH (${KAFKA_TABLE}, 'scan.bounded.mode'='latest-offset')`,
  `CREATE TABLE outk (id INT, user_id STRING) WITH ('connector'='kafka', 'topic'='outk', 'format'='json')`,
  `CREATE TABLE totals (user_id STRING, total DOUBLE, PRIMARY KEY (user_id) NOT ENFORCED)
   WITH ('connector'='upsert-kafka', 'topic'='totals', 'key.format'='json', 'value.format'='json')`,
  `CREATE TABLE gen (id INT, s STRING) WITH ('connector'='datagen', 'number-of-rows'='10')`,
  `CREATE TABLE endless (id INT) WITH ('connector'='datagen', 'rows-per-second'='1')`,
  `CREATE TABLE hole (id INT, s STRING) WITH ('connector'='blackhole')`,
];

export function gateFixture(): GateFixture {
  const stack = flinkFixture();
  const sessions: GateSession[] = [];
  afterAll(async () => {
    await Promise.all(sessions.map((session) => session.close()));
  });
  const properties: GateFixture['properties'] = ({ principal, password, prefix }, changes = {}) => ({
    'sandbox.key': stack.flink.key,
    'sandbox.prefix': `${prefix}1.`,
    'sandbox.username': principal,
    'sandbox.password': password,
    'sandbox.bootstrap': `${stack.endpoint.host}:${stack.endpoint.port}`,
    'sandbox.bounded': 'none',
    'sandbox.max-jobs': '4',
    ...changes,
  });
  return Object.assign(stack, {
    properties,
    tenant: async (firstId = 0) => {
      const tenant = await stack.tenancy.create();
      const topics = ['orders', 'outk', 'totals'].map((logical) => ({ logical, partitions: 1 }));
      await stack.tenancy.createTopics(tenant, 1, topics);
      const records = Array.from({ length: 10 }, (_, n) => ({
        value: JSON.stringify({ id: firstId + n, user_id: `u${n % 3}`, amount: n, ts: `2026-01-01 00:0${n}:00` }),
      }));
      await stack.kafka.produce(`${tenant.prefix}1.orders`, records);
      return tenant;
    },
    session: async (tenant: Tenant, changes?: Record<string, string>) => {
      const session = await openGateSession(stack.flink, properties(tenant, changes));
      if ('code' in session) throw new Error(`no session: ${JSON.stringify(session)}`);
      sessions.push(session);
      for (const statement of TABLES) expect(await session.run(statement)).toMatchObject({ code: 'ok' });
      return session;
    },
  });
}

/** Returns the rows of a statement that passed. */
export function rowsOf(outcome: Outcome): (string | null)[][] {
  if (outcome.code !== 'ok' || !('rows' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.rows;
}

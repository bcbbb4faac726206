import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from 'vitest';
import { gateFixture, KAFKA_TABLE } from './gate-fixture.ts';
import { ask, type GateSession } from './gate-session.ts';

const gate = gateFixture();
let session: GateSession;
beforeAll(async () => {
  session = await gate.session(await gate.tenant());
});

const EVIL = `'properties.bootstrap.servers'='evil:9092'`;
const refusedBy = async (method: string, path: string, body: unknown) => {
  const { errors = [] } = await ask(gate.flink, method, path.replace(':id', session.id), body);
  return errors.join('\n');
};

describe('the other routes of the gateway do not bypass the gate', () => {
  test('settings sent with a statement must be ones that a learner may change', async () => {
    for (const settings of [
      { 'execution.target': 'remote' },
      { 'sandbox.prefix': 'other.' },
      { 'parallelism.default': '1000' },
    ]) {
      expect(await session.run('SELECT 1', { settings })).toMatchObject({ code: 'option_not_allowed' });
    }
    expect(await session.run('SELECT 1', { settings: { 'table.local-time-zone': 'UTC' } })).toMatchObject({ code: 'ok' });
  });

  test('a session cannot be configured by statements through a different route', async () => {
    const body = { statement: `CREATE TABLE f (a STRING) WITH ('connector'='filesystem', 'path'='/etc/passwd', 'format'='raw')` };
    expect(await refusedBy('POST', '/v2/sessions/:id/configure-session', body)).toContain('statement_not_allowed');
  });

  test('a materialized table cannot be refreshed', async () => {
    const path = '/v3/sessions/:id/materialized-tables/default_catalog.default_database.orders/refresh';
    expect(await refusedBy('POST', path, { isPeriodic: false })).toContain('statement_not_allowed');
  });

  test('a script cannot be deployed', async () => {
    expect(await refusedBy('POST', '/v4/sessions/:id/scripts', { script: 'SELECT 1' })).toContain('statement_not_allowed');
  });

  test("a session's own description contains nothing that the server set", async () => {
    const text = JSON.stringify(await ask(gate.flink, 'GET', `/v2/sessions/${session.id}`));
    expect(text).not.toMatch(/sandbox\.|password|jaas/);
  });

  test('a jar cannot be uploaded to Flink', async () => {
    const { status } = await fetch(`http://127.0.0.1:${gate.flink.rest.port}/jars/upload`, { method: 'POST' });
    expect(status).toBe(404);
  });
});

describe('Flink executes exactly what the gate checked', () => {
  const refused: [title: string, code: string, ...statements: string[]][] = [
    ['an escaped key of SET', 'option_not_allowed', `SET U&'rest\\002Eaddress' = 'evil'`],
    ['a hint in the text of a view', 'option_not_allowed', `CREATE VIEW v1 AS SELECT * FROM orders /*+ OPTIONS(${EVIL}) */`],
    [
      'a hint added to a view later',
      'option_not_allowed',
      'CREATE VIEW v2 AS SELECT id FROM orders',
      `ALTER VIEW v2 AS SELECT id FROM orders /*+ OPTIONS(${EVIL}) */`,
    ],
    [
      'a temporary table that replaces a checked one',
      'option_not_allowed',
      `CREATE TEMPORARY TABLE orders (id INT) WITH ('connector'='filesystem', 'path'='/etc/passwd', 'format'='raw')`,
    ],
    [
      'a table named with its catalog',
      'option_not_allowed',
      `SELECT * FROM default_catalog.default_database.orders /*+ OPTIONS(${EVIL}) */`,
    ],
    ['EXPLAIN within EXPLAIN', 'invalid_sql', `EXPLAIN EXPLAIN ADD JAR '/tmp/evil.jar'`],
    [
      'options merged from two tables',
      'option_not_allowed',
      `CREATE TABLE half WITH ('topic'='outk') LIKE orders (OVERWRITING OPTIONS)`,
      `CREATE TABLE whole WITH (${EVIL}) LIKE half (OVERWRITING OPTIONS)`,
    ],
    [
      'an option that ALTER adds to a copy',
      'option_not_allowed',
      `CREATE TABLE twin WITH (${KAFKA_TABLE}) LIKE orders (OVERWRITING OPTIONS)`,
      `ALTER TABLE twin SET ('properties.sasl.jaas.config'='x')`,
    ],
    ["unloading the gate's module", 'statement_not_allowed', 'UNLOAD MODULE gate'],
    [
      "a hint on a join's inner side",
      'option_not_allowed',
      `SELECT * FROM gen JOIN orders /*+ OPTIONS(${EVIL}) */ ON gen.id = orders.id`,
    ],
    ['a hint in WITH', 'option_not_allowed', `WITH w AS (SELECT * FROM orders /*+ OPTIONS(${EVIL}) */) SELECT * FROM w`],
    ['a forbidden statement inside a statement set', 'statement_not_allowed', 'BEGIN STATEMENT SET', `ADD JAR '/tmp/evil.jar'`],
  ];
  for (const [title, code, ...statements] of refused) {
    test(`${title}: ${code}`, async () => {
      await using own = await gate.session(await gate.tenant());
      for (const statement of statements.slice(0, -1)) await own.run(statement);
      const outcome = await own.run(statements.at(-1) ?? '');
      expect(outcome, JSON.stringify(outcome)).toMatchObject({ code });
    });
  }
});

test('completion of a text that is too long or too deep proposes nothing and harms nothing', async () => {
  for (const statement of ['x'.repeat(5_000_000), `SELECT ${'('.repeat(5000)}`]) {
    const answer = await complete(statement);
    expect(answer === null || answer.length === 0).toBe(true);
  }
  expect(await session.run('SELECT 1')).toMatchObject({ code: 'ok' });
});

/** Returns null when the gateway refuses the request itself. */
async function complete(statement: string): Promise<string[] | null> {
  const body = JSON.stringify({ statement, position: Math.min(statement.length, 100) });
  const { host, port } = gate.flink.gateway;
  // A GET with a body, which `fetch` cannot send.
  const asking = request({
    host,
    port,
    method: 'GET',
    path: `/v2/sessions/${session.id}/complete-statement`,
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
  });
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  asking.once('response', resolve).once('error', reject).end(body);
  const response = await promise;
  const answer = JSON.parse(await text(response)) as { candidates?: string[] };
  return answer.candidates ?? null;
}

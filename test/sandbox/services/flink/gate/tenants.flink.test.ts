import { beforeAll, describe, expect, test } from 'vitest';
import type { Tenant } from '#sandbox/tenancy/tenancy.ts';
import { gateFixture, KAFKA_TABLE, rowsOf } from './gate-fixture.ts';
import { type GateSession, openGateSession } from './gate-session.ts';

const gate = gateFixture();
let ada: GateSession;
let bob: GateSession;
let adas: Tenant;
let bobs: Tenant;
beforeAll(async () => {
  [adas, bobs] = await Promise.all([gate.tenant(0), gate.tenant(9000)]);
  [ada, bob] = await Promise.all([gate.session(adas), gate.session(bobs)]);
});

const idsOf = async (session: GateSession, table = 'orders') =>
  rowsOf(await session.run(`SELECT id FROM ${table}`)).map(([id]) => Number(id));

test('two tenants with the same DDL at the same time each read their own topic', async () => {
  const [first, second] = await Promise.all([idsOf(ada), idsOf(bob)]);
  expect(first).toEqual(Array.from({ length: 10 }, (_, n) => n));
  expect(second).toEqual(Array.from({ length: 10 }, (_, n) => 9000 + n));
});

describe('a foreign topic does not exist', () => {
  test('in a table', async () => {
    await ada.run(
      `CREATE TABLE theirs (id INT) WITH ('connector'='kafka', 'topic'='${bobs.prefix}1.orders', 'format'='json',
       'scan.startup.mode'='earliest-offset', 'scan.bounded.mode'='latest-offset')`,
    );
    expect(await ada.run('SELECT * FROM theirs')).toMatchObject({ code: 'unknown_topic' });
  });

  test('in a hint', async () => {
    const statement = `SELECT * FROM orders /*+ OPTIONS('topic'='${bobs.prefix}1.orders') */`;
    expect(await ada.run(statement)).toMatchObject({ code: 'unknown_topic' });
  });

  test("after the tenant's own topic in a list", async () => {
    const statement = `SELECT * FROM orders /*+ OPTIONS('topic'='orders;${bobs.prefix}1.orders') */`;
    expect(await ada.run(statement)).toMatchObject({ code: 'unknown_topic' });
  });

  test('when it is written to', async () => {
    const statement = `INSERT INTO outk /*+ OPTIONS('topic'='${bobs.prefix}1.outk') */ SELECT id, user_id FROM orders`;
    const [[job] = []] = rowsOf(await ada.run(statement));
    const state = async () => (await fetch(`http://127.0.0.1:${gate.flink.rest.port}/jobs/${job}/status`)).json();
    // Its producer gives up after a minute.
    await expect.poll(state, { timeout: 150_000, interval: 250 }).toEqual({ status: 'FAILED' });
    expect(await gate.kafka.readAll(`${bobs.prefix}1.outk`)).toEqual([]);
  }, 180_000);
});

test('the broker rejects a session with a foreign prefix', async () => {
  await using session = await opened(gate.properties(adas, { 'sandbox.prefix': `${bobs.prefix}1.` }));
  await session.run(`CREATE TABLE orders (id INT) WITH (${KAFKA_TABLE}, 'scan.bounded.mode'='latest-offset')`);
  expect(await session.run('SELECT * FROM orders')).toMatchObject({
    code: 'failed',
    message: expect.stringMatching(/authoriz/i),
  });
});

describe('only the server opens a session, with everything that it needs', () => {
  const wrong: [title: string, changes: Record<string, string>][] = [
    ['a different key', { 'sandbox.key': 'x'.repeat(48) }],
    ['an empty key', { 'sandbox.key': '' }],
    ['an empty prefix', { 'sandbox.prefix': '' }],
    ['a prefix without its dot', { 'sandbox.prefix': 'u7f2' }],
    ['a quote in the password', { 'sandbox.password': 'abcdefgh"' }],
    ['a line break in the user name', { 'sandbox.username': 'a\nb' }],
    ['no broker', { 'sandbox.bootstrap': 'nowhere' }],
    ['no bound', { 'sandbox.bounded': 'sometimes' }],
    ['no jobs', { 'sandbox.max-jobs': '0' }],
    ['an unknown property', { 'sandbox.other': 'x' }],
    ['a setting that a learner may not change', { 'rest.address': 'evil' }],
  ];
  for (const [title, changes] of wrong) {
    test(`not with ${title}`, async () => {
      expect(await openGateSession(gate.flink, gate.properties(adas, changes))).toMatchObject({
        code: expect.stringMatching(/^(failed|option_not_allowed)$/),
      });
    });
  }

  test('not without a key', async () => {
    const { 'sandbox.key': _, ...keyless } = gate.properties(adas);
    expect(await openGateSession(gate.flink, keyless)).toMatchObject({
      code: 'failed',
      message: 'Only the server can open sessions.',
    });
  });
});

test('no statement, error, REST answer or log shows a credential, a broker address or a prefix', async () => {
  const seen: unknown[] = [];
  for (const statement of [
    'SHOW CREATE TABLE orders',
    'EXPLAIN SELECT * FROM orders',
    'EXPLAIN JSON_EXECUTION_PLAN INSERT INTO outk SELECT id, user_id FROM orders',
    'SELECT * FROM orders',
    `SELECT * FROM orders /*+ OPTIONS('topic'='nowhere') */`,
    `SELECT * FROM orders /*+ OPTIONS('scan.startup.mode'='specific-offsets') */`,
    'DESCRIBE orders',
  ]) {
    seen.push(await ada.run(statement));
  }
  seen.push(await (await fetch(`http://127.0.0.1:${gate.flink.gateway.port}/v2/sessions/${ada.id}`)).json());
  const rest = async (path: string) => (await fetch(`http://127.0.0.1:${gate.flink.rest.port}${path}`)).json();
  const { jobs } = (await rest('/jobs/overview')) as { jobs: { jid: string }[] };
  for (const { jid } of jobs.slice(0, 20)) {
    for (const path of ['', '/plan', '/config', '/exceptions']) seen.push(await rest(`/jobs/${jid}${path}`));
  }
  seen.push(await rest('/jobmanager/config'), await rest('/jobmanager/environment'), await rest('/config'));
  const text = JSON.stringify(seen);
  for (const secret of [adas.password, bobs.password, gate.flink.key]) expect(text).not.toContain(secret);
  expect(JSON.stringify(seen.slice(0, 8))).not.toMatch(new RegExp(`${adas.prefix}|:${gate.endpoint.port}`));
});

describe('in a session that must end on its own', () => {
  let bounded: GateSession;
  beforeAll(async () => {
    bounded = await gate.session(adas, { 'sandbox.bounded': 'latest' });
    await bounded.run(`CREATE TABLE open_end (id INT) WITH (${KAFKA_TABLE})`);
  });

  test('a source without an end gets one', async () => {
    expect(await idsOf(bounded, 'open_end')).toHaveLength(10);
  });

  test('a hint that says unbounded does not remove it', async () => {
    expect(await idsOf(bounded, `open_end /*+ OPTIONS('scan.bounded.mode'='unbounded') */`)).toHaveLength(10);
  });

  test('reading a changelog ends too', async () => {
    expect(await bounded.run('SELECT * FROM totals')).toMatchObject({ code: 'ok' });
  });

  test('generated rows end', async () => {
    const statement = `SELECT COUNT(*) FROM endless /*+ OPTIONS('rows-per-second'='9999') */`;
    const rows = rowsOf(await bounded.run(statement));
    expect(rows.at(-1)).toEqual([10_000]);
  });
});

test('a neighbour with four endless jobs neither stops nor starves another tenant', async () => {
  const alone = await ada.run('SELECT id FROM orders');
  const neighbour = await gate.session(bobs);
  for (let job = 0; job < 4; job++) {
    expect(await neighbour.run('INSERT INTO hole SELECT id, CAST(id AS STRING) FROM endless')).toMatchObject({ code: 'ok' });
  }
  const outcome = await ada.run('SELECT id FROM orders');
  expect(rowsOf(outcome)).toHaveLength(10);
  expect(outcome.ms).toBeLessThan(10 * alone.ms);
  await neighbour.close();
});

async function opened(properties: Record<string, string>): Promise<GateSession> {
  const session = await openGateSession(gate.flink, properties);
  if ('code' in session) throw new Error(JSON.stringify(session));
  return session;
}

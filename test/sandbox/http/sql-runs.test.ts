import { expect, onTestFinished, test } from 'vitest';
import type { SqlOptions } from '#sandbox/languages/flink-sql/execute.ts';
import type { SqlStatement } from '#sandbox/protocol/sql.ts';
import { waitingFor } from '#sandbox/protocol/waiting.ts';
import { listenTo } from '../event-client.ts';
import { fakeFlinks } from '../fake-flinks.ts';
import { fakeStack } from '../fake-stack.ts';
import { SQL_LESSON, SQL_LESSON_ID } from '../sql-lesson.ts';
import { temporaryHome } from '../temporary-home.ts';
import { type Answer, startTestServer, type TestServerOptions, until } from '../test-server.ts';

const body = { lesson: SQL_LESSON_ID, files: { 'main.sql': 'SELECT id FROM orders;' } };
type Api = Awaited<ReturnType<typeof startTestServer>>['api'];
type Execute = NonNullable<NonNullable<TestServerOptions['sql']>['execute']>;

const start = async (api: Api): Promise<string> => (await api('POST', '/api/runs', { body })).body.runId;
const read = async (api: Api, id: string): Promise<Answer['body']> => (await api('GET', `/api/runs/${id}`)).body;
const isOver = ({ status }: Answer['body']) => status === 'finished' || status === 'error';
const ended = (api: Api, id: string) => until(() => read(api, id), isOver);

const serve = (options: TestServerOptions) => startTestServer({ home: temporaryHome(SQL_LESSON), ...options });

const query = (status: SqlStatement['status']): SqlStatement => ({
  index: 1,
  file: 'main.sql',
  range: { line: 1, column: 1, endLine: 1, endColumn: 21 },
  kind: 'query',
  status,
  columns: [{ name: 'id', type: 'STRING' }],
  jobId: null,
  changeCount: 0,
  error: null,
});

/** A query that never ends and emits one row. */
const endless: Execute = ({ signal, onStatement, onChanges, onTable }) => {
  onStatement?.(query('running'));
  onChanges?.(1, 0, [{ op: '+I', values: ['a'], atMs: 5 }]);
  onTable?.(1, { rows: [['a']], total: 1 });
  return new Promise((resolve) => {
    signal?.addEventListener('abort', () => resolve({ kind: 'cancelled', durationMs: 9 }), { once: true });
  });
};

test("a run in SQL has the read-only tables first and the learner's own session, and ends with the results of its statements", async () => {
  const seen: SqlOptions[] = [];
  const execute: Execute = async (options) => {
    seen.push(options);
    options.onStatement?.(query('running'));
    options.onChanges?.(1, 0, [{ op: '+I', values: ['a'], atMs: 5 }]);
    options.onTable?.(1, { rows: [['a']], total: 1 });
    options.onStatement?.({ ...query('finished'), changeCount: 1 });
    return { kind: 'sql-finished', durationMs: 10 };
  };
  const server = await serve({ sql: { execute } });
  const stream = await listenTo(server, '?topics=run');
  const id = await start(server.api);
  const run = await ended(server.api, id);
  expect(run).toMatchObject({ status: 'finished', result: { kind: 'sql-finished' }, error: null, output: [] });
  expect(run.sql).toMatchObject({
    statements: [{ index: 1, status: 'finished', changeCount: 1 }],
    results: [{ index: 1, first: 0, changes: [{ values: ['a'] }], table: { total: 1 } }],
  });
  const [options] = seen;
  expect(options?.files.map(({ name }) => name)).toEqual(['tables.sql', 'main.sql']);
  expect(options).toMatchObject({ generation: 1, bounded: false, limits: { maxJobs: 4, timeMs: 600_000 } });
  expect([...server.stack.tenants]).toContain(options?.tenant.prefix);
  await until(
    () => stream.events.map(({ type }) => type),
    (types) => types.includes('run.finished'),
  );
  expect(stream.events.map(({ type }) => type).filter((type) => type.startsWith('sql.'))).toEqual([
    'sql.statement',
    'sql.changes',
    'sql.table',
    'sql.statement',
  ]);
  stream.close();
});

test('a run of a program mentions no SQL and takes no Flink', async () => {
  const { api, flinks } = await serve({});
  const { body: started } = await api('POST', '/api/runs', { body: { lesson: 'log/append', files: { 'main.ts': 'x' } } });
  expect(await ended(api, started.runId)).toMatchObject({ status: 'finished', sql: null });
  expect(flinks.taken()).toBe(0);
  expect((await api('GET', '/api/health')).body.services).toEqual({ kafka: 'ready' });
});

test('Stop ends an endless query, and its results are kept', async () => {
  const { api } = await serve({ sql: { execute: endless } });
  const id = await start(api);
  expect(
    await until(
      () => read(api, id),
      ({ status }) => status === 'running',
    ),
  ).toMatchObject({ elapsedMs: expect.any(Number) });
  const begin = performance.now();
  const { body: stopped } = await api('DELETE', `/api/runs/${id}`);
  expect(stopped).toMatchObject({ result: { kind: 'cancelled' }, sql: { results: [{ table: { total: 1 } }] } });
  // One that does not end is given up after 2 s.
  expect(performance.now() - begin).toBeLessThan(2000);
});

test('a Flink that does not release a query is replaced, and Stop still ends the run within 3 s', async () => {
  const { api, flinks } = await serve({ sql: { execute: () => new Promise(() => undefined) } });
  const id = await start(api);
  await until(
    () => read(api, id),
    ({ status }) => status === 'running',
  );
  const [stuck] = flinks.lent;
  const begin = performance.now();
  expect((await api('DELETE', `/api/runs/${id}`)).body).toMatchObject({ result: { kind: 'cancelled' } });
  expect(performance.now() - begin).toBeLessThan(3000);
  await until(
    () => [...flinks.lent],
    (lent) => lent.length === 1 && lent[0] !== stuck,
  );
});

test('a Flink that ends during a run is a Streamwright error, reported once, and the next run gets a new Flink', async () => {
  let isFirst = true;
  const flinks = fakeFlinks();
  const execute: Execute = async () => {
    if (!isFirst) return { kind: 'sql-finished', durationMs: 1 };
    isFirst = false;
    for (const flink of flinks.lent) flink.break();
    const error = { code: 'flink_lost' as const, message: 'it ended', range: null };
    return { kind: 'sql-failed', index: 1, error, durationMs: 1 };
  };
  const server = await serve({ flinks, sql: { execute } });
  const stream = await listenTo(server, '?topics=run');
  const run = await ended(server.api, await start(server.api));
  expect(run).toMatchObject({
    status: 'error',
    result: null,
    error: 'Flink ended while your query was running, and restarts automatically. Your SQL is not the cause: run it again.',
  });
  expect(await ended(server.api, await start(server.api))).toMatchObject({ status: 'finished' });
  expect(flinks.taken()).toBe(2);
  expect(stream.events.filter(({ type, data }) => type === 'run.finished' && data.error)).toHaveLength(1);
  stream.close();
});

test("a statement that fails is the learner's mistake", async () => {
  const error = { code: 'invalid_sql' as const, message: 'no such column', range: query('failed').range };
  const { api } = await serve({ sql: { execute: async () => ({ kind: 'sql-failed', index: 1, error, durationMs: 3 }) } });
  expect(await ended(api, await start(api))).toMatchObject({
    status: 'finished',
    result: { kind: 'sql-failed', error },
    error: null,
  });
});

test('a broker that ends during a query does not count against it', async () => {
  const stack = fakeStack();
  const execute: Execute = async () => {
    stack.restartBroker();
    return { kind: 'sql-failed', index: 1, error: { code: 'failed', message: 'no broker', range: null }, durationMs: 3 };
  };
  const { api } = await serve({ stack, sql: { execute } });
  expect(await ended(api, await start(api))).toMatchObject({
    status: 'error',
    error: expect.stringContaining('Your SQL is not the cause'),
  });
});

test('live inputs arrive while the run continues and stop with it', async () => {
  const produced: string[] = [];
  const stack = fakeStack();
  stack.kafka.produce = async (topic, records) => {
    produced.push(...records.map(() => topic));
    return [];
  };
  const { api } = await serve({ stack, sql: { execute: endless } });
  const id = await start(api);
  await until(
    () => produced.length,
    (count) => count > 33,
  );
  expect(new Set(produced)).toEqual(new Set([expect.stringMatching(/\.1\.orders$/)]));
  await api('DELETE', `/api/runs/${id}`);
  const { length } = produced;
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(produced).toHaveLength(length);
});

test('a run that waits for a Flink says so and can be stopped', async () => {
  const flinks = fakeFlinks();
  const release = flinks.holdBack();
  onTestFinished(release);
  const { api } = await serve({ flinks });
  const id = await start(api);
  await until(
    () => read(api, id),
    ({ awaiting }) => awaiting?.position === 3,
  );
  expect((await api('POST', '/api/sandbox', { body: { lesson: SQL_LESSON_ID } })).body).toEqual({
    state: 'preparing',
    awaiting: waitingFor('flink', { position: 3 }),
  });
  expect((await api('POST', '/api/sql/check', { body })).body).toEqual({
    checked: false,
    awaiting: waitingFor('flink', { position: 3 }),
    errors: [],
  });
  expect((await api('DELETE', `/api/runs/${id}`)).body).toMatchObject({ status: 'finished', result: { kind: 'cancelled' } });
});

test('opening a lesson prepares a Flink only when the lesson needs one; Reset returns it', async () => {
  const { api, flinks } = await serve({});
  const open = async (lesson: string) => (await api('POST', '/api/sandbox', { body: { lesson } })).body.state;
  await until(
    () => open('log/append'),
    (state) => state === 'ready',
  );
  expect(flinks.taken()).toBe(0);
  await until(
    () => open(SQL_LESSON_ID),
    (state) => state === 'ready',
  );
  expect(flinks.taken()).toBe(1);
  expect((await api('GET', '/api/health')).body).toMatchObject({ status: 'ok', services: { kafka: 'ready', flink: 'ready' } });
  const [before] = flinks.lent;
  await api('POST', '/api/sandbox/reset', { body: {} });
  await until(
    () => [...flinks.lent],
    (lent) => lent.length === 1 && lent[0] !== before,
  );
});

test('before a run, and after one without jobs, the lens has none', async () => {
  const { api } = await serve({ sql: { execute: endless } });
  expect((await api('GET', '/api/lens/jobs')).body).toEqual({ jobs: [] });
  const id = await start(api);
  await until(
    () => read(api, id),
    ({ status }) => status === 'running',
  );
  expect((await api('GET', '/api/lens/jobs')).body).toEqual({ jobs: [] });
});

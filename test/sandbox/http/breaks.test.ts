import { expect, test } from 'vitest';
import { LIMITS } from '#sandbox/config.ts';
import type { InputRecord } from '#sandbox/generators/generator.ts';
import { listenTo } from '../event-client.ts';
import { endless, fakeStack } from '../fake-stack.ts';
import { SQL_LESSON, SQL_LESSON_ID } from '../sql-lesson.ts';
import { temporaryHome } from '../temporary-home.ts';
import { type Answer, startTestServer, type TestServerOptions, until } from '../test-server.ts';

const PROGRAM = { lesson: 'log/append', files: { 'main.ts': 'x' } };
/** A program that reads an input from a topic. */
const READER: Readonly<Record<string, string>> = {
  '01-log/03-read/index.mdx':
    '---\ntitle: Read\nshort: read\nsummary: About it.\nminutes: 5\nteaches: [it]\nstatus: published\n---\n\n# Read\n',
  '01-log/03-read/exercise.yaml': `language: ts
files: [main.ts]
services: [kafka]
topics: { orders: { partitions: 2 } }
inputs: { orders: { generator: orders, count: 5, as: topic } }
checks: { stored: Every order is stored }
wrong: {}
hints: [one, two, three]
`,
  '01-log/03-read/starter/main.ts': '// write here\n',
  '01-log/03-read/solution/main.ts': '// written\n',
  '01-log/03-read/grader.ts': 'export default null;\n',
};
const READING = { lesson: 'log/read', files: { 'main.ts': 'x' } };
const QUERY = { lesson: SQL_LESSON_ID, files: { 'main.sql': 'SELECT id FROM orders;' } };
type Api = Awaited<ReturnType<typeof startTestServer>>['api'];

/** The produced records by topic, in order. */
function fakeLog() {
  const stack = fakeStack(endless);
  const written: { topic: string; record: Partial<InputRecord> & { partition?: number } }[] = [];
  stack.kafka.produce = async (topic, records) => {
    const first = written.length;
    written.push(...records.map((record) => ({ topic, record: record as InputRecord })));
    return records.map((_record, index) => ({ partition: 0, offset: BigInt(first + index) }));
  };
  return { stack, written };
}

async function serve(options: TestServerOptions = {}) {
  const { stack, written } = fakeLog();
  const server = await startTestServer({ home: temporaryHome({ ...SQL_LESSON, ...READER }), stack, ...options });
  return { ...server, written };
}

const as = (who: string) => ({ headers: { cookie: `who=${who}` } });
const TWO: TestServerOptions = { identify: ({ who = 'ada' }) => ({ id: who, name: who, role: 'learner' }) };
const read = async (api: Api, id: string): Promise<Answer['body']> => (await api('GET', `/api/runs/${id}`)).body;

async function running(api: Api, body: unknown): Promise<string> {
  const id = (await api('POST', '/api/runs', { body })).body.runId;
  await until(
    () => read(api, id),
    ({ status }) => status === 'running',
  );
  return id;
}
const broken = (api: Api, id: string, body: unknown) => api('POST', `/api/runs/${id}/breaks`, { body });

test('a killed program ends by SIGKILL, and its run remembers who did it and when', async () => {
  const server = await serve();
  const stream = await listenTo(server, '?topics=run');
  const id = await running(server.api, PROGRAM);
  const { status, body } = await broken(server.api, id, { kind: 'kill' });
  expect([status, body]).toEqual([
    200,
    { kind: 'kill', atMs: expect.any(Number), runMs: expect.any(Number), forMs: null, record: null },
  ]);
  const run = await until(
    () => read(server.api, id),
    (one) => one.status === 'finished',
  );
  expect(run).toMatchObject({ result: { kind: 'exited', exitCode: 137 }, breaks: [body], error: null });
  const types = stream.events.map(({ type }) => type);
  expect(types.indexOf('run.broken')).toBeGreaterThan(types.indexOf('run.started'));
  expect(types.indexOf('run.broken')).toBeLessThan(types.indexOf('run.finished'));
  stream.close();

  const { body: listed } = await server.api('GET', '/api/runs?lesson=log/append');
  expect(listed.run).toMatchObject({ runId: id, breaks: [body] });
});

test('without a running program nothing is broken, and the answer says so', async () => {
  const { api } = await serve();
  const id = await running(api, PROGRAM);
  await api('DELETE', `/api/runs/${id}`);
  expect(await broken(api, id, { kind: 'kill' })).toMatchObject({
    status: 409,
    body: { code: 'NOT_RUNNING', message: expect.stringContaining('No program is running'), hint: expect.any(String) },
  });
  expect((await read(api, id)).breaks).toEqual([]);
});

test("another learner's run is as unknown as one that never existed, and stays as it was", async () => {
  const { api } = await serve(TWO);
  const id = (await api('POST', '/api/runs', { body: PROGRAM, ...as('ada') })).body.runId;
  const runOfAda = async () => (await api('GET', `/api/runs/${id}`, as('ada'))).body;
  await until(runOfAda, ({ status }) => status === 'running');
  for (const kind of ['kill', 'pause', 'poison', 'late']) {
    const [theirs, nobodys] = await Promise.all(
      [id, 'A'.repeat(20)].map((one) => api('POST', `/api/runs/${one}/breaks`, { body: { kind }, ...as('bob') })),
    );
    expect(theirs).toMatchObject({ status: 404, body: { code: 'RUN_NOT_FOUND' } });
    expect({ ...theirs?.body, requestId: '' }).toEqual({ ...nobodys?.body, requestId: '' });
  }
  expect(await runOfAda()).toMatchObject({ status: 'running', breaks: [] });
});

test('a poison record goes into the topic that the exercise reads, and is no JSON', async () => {
  const { api, written } = await serve();
  const id = await running(api, READING);
  const settled = written.length;
  const answers = [await broken(api, id, { kind: 'poison' }), await broken(api, id, { kind: 'poison', topic: 'orders' })];
  expect(answers.map(({ body }) => body.record?.topic)).toEqual(['orders', 'orders']);
  const added = written.slice(settled);
  expect(new Set(added.map(({ topic }) => topic))).toEqual(new Set([written[0]?.topic]));
  expect(added.map(({ record }) => record.partition)).toEqual([0, 1]);
  for (const { record } of added) expect(() => JSON.parse(record.value ?? '')).toThrow();
  expect((await read(api, id)).breaks.map(({ kind }: { kind: string }) => kind)).toEqual(['poison', 'poison']);
});

test.each([
  ['a program whose input is no topic', PROGRAM, { kind: 'poison' }],
  ['a program that has no event time', READING, { kind: 'late' }],
  ['a topic that is no input', READING, { kind: 'poison', topic: 'receipts' }],
  ['a query that has no watermark yet', QUERY, { kind: 'late' }],
  ['a query without a job', QUERY, { kind: 'kill' }],
  ['a query, which does not reach the broker by the gate', QUERY, { kind: 'pause' }],
])('%s: what it has no use for is refused, and says what to do', async (_what, work, request) => {
  const { api, written } = await serve({ sql: { execute: endlessQuery } });
  const id = await running(api, work);
  const before = written.length;
  expect(await broken(api, id, request)).toMatchObject({
    status: 409,
    body: { code: 'NOT_BREAKABLE', message: expect.any(String), hint: expect.any(String) },
  });
  expect((await read(api, id)).breaks).toEqual([]);
  expect(written.slice(before).filter(({ record }) => record.value === 'oops')).toEqual([]);
});

test('no run is broken without end, and no learner breaks faster than a person', async () => {
  const { api } = await serve();
  const id = await running(api, READING);
  const statuses: number[] = [];
  for (let i = 0; i < 51; i++) statuses.push((await broken(api, id, { kind: 'poison' })).status);
  expect(statuses).toEqual([...Array.from({ length: 50 }, () => 200), 409]);

  const home = temporaryHome(READER);
  const paced = await serve({ home: { ...home, config: { ...home.config, limits: LIMITS } } });
  const other = await running(paced.api, READING);
  const fast = await Promise.all(
    Array.from({ length: LIMITS.pace.breaks.count + 1 }, () => broken(paced.api, other, { kind: 'poison' })),
  );
  expect(fast.filter(({ status }) => status === 429)).toHaveLength(1);
});

const endlessQuery: NonNullable<NonNullable<TestServerOptions['sql']>['execute']> = ({ signal }) =>
  new Promise((resolve) => {
    signal?.addEventListener('abort', () => resolve({ kind: 'cancelled', durationMs: 9 }), { once: true });
  });

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Server, startServer } from '#sandbox/app/server.ts';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { listenTo } from '../event-client.ts';
import type { TemporaryHome } from '../temporary-home.ts';
import { type Answer, apiOf, until } from '../test-server.ts';
import { kafkaHome } from './kafka-home.ts';

const append = join(PROJECT_DIR, 'lessons/01-log/01-append');
const solution = readFileSync(join(append, 'solution/main.ts'), 'utf8');
const submission = (text: string) => ({ body: { lesson: 'log/append', files: { 'main.ts': text } } });

let home: TemporaryHome;
let server: Server;
let api: ReturnType<typeof apiOf>;
let brokerPid = 0;

beforeAll(async () => {
  home = kafkaHome();
  server = await startServer(home.config, {
    port: 0,
    onService: (_name, pid) => {
      brokerPid = pid;
    },
  });
  api = apiOf(server);
  await server.ready;
}, 120_000);

afterAll(async () => {
  await server.close();
  home[Symbol.dispose]();
});

const startRun = async (text: string): Promise<string> => (await api('POST', '/api/runs', submission(text))).body.runId;
const readRun = async (id: string): Promise<Answer['body']> => (await api('GET', `/api/runs/${id}`)).body;
const ended = (id: string) =>
  until(
    () => readRun(id),
    ({ status }) => status === 'finished' || status === 'error',
    40_000,
  );
const running = (id: string) =>
  until(
    () => readRun(id),
    ({ status }) => status === 'running',
    20_000,
  );

test('the solution of the first lesson runs, and the lens shows its records, by events and on request', async () => {
  const stream = await listenTo(server);
  const id = await startRun(solution);
  const run = await ended(id);
  expect(run).toMatchObject({ status: 'finished', result: { kind: 'exited', exitCode: 0 } });
  const { topics } = (await api('GET', '/api/lens/topics')).body;
  const orders = topics.find(({ name }: { name: string }) => name === 'orders');
  const end = Number(orders.partitions[0].end);
  expect(end).toBeGreaterThan(10);
  const { records } = (await api('GET', '/api/lens/topics/orders/records?partition=0&offset=2')).body;
  expect(records[0]).toMatchObject({ offset: '2', key: expect.any(String) });
  const pushed = () =>
    stream.events
      .filter(({ type, data }) => type === 'lens.records' && data.topic === 'orders')
      .flatMap(({ data }) => data.records);
  await until(
    () => pushed().length,
    (count) => count === end,
  );
  expect(stream.events.every(({ type, data }) => !type.startsWith('lens.') || data.runId === id)).toBe(true);
  stream.close();
  console.log(`a Run by phase, ms: ${JSON.stringify(run.phases)}`);
});

test('the solution passes, and a wrong program fails its check', async () => {
  const hand = async (text: string) => {
    const { submissionId } = (await api('POST', '/api/submissions', submission(text))).body;
    return until(
      async () => (await api('GET', `/api/submissions/${submissionId}`)).body,
      ({ status }) => status === 'finished',
      60_000,
    );
  };
  const passed = await hand(solution);
  expect(passed.report).toMatchObject({ status: 'pass', score: 1 });
  const failed = await hand('console.log("all checks pass");\n');
  expect(failed.report).toMatchObject({ status: 'fail', score: expect.any(Number) });
  expect(failed.report.checks[0]).toMatchObject({ id: 'stored', status: 'fail' });
}, 130_000);

test('Stop ends a program that ignores signals within 3 s', async () => {
  const id = await startRun(
    "process.on('SIGTERM', () => undefined);\nsetInterval(() => undefined, 1000);\nconsole.log('here');\n",
  );
  await until(
    () => readRun(id),
    ({ output }) => output.some(({ text }: { text: string }) => text.includes('here')),
    20_000,
  );
  const begin = performance.now();
  expect(await api('DELETE', `/api/runs/${id}`)).toMatchObject({ body: { result: { kind: 'cancelled' } } });
  expect(performance.now() - begin).toBeLessThan(3000);
});

test('when Kafka is killed during a run, the run reports it and the next one works', async () => {
  const id = await startRun(`import { kafka, topics } from './cluster.ts';
const producer = kafka.producer();
await producer.connect();
for (;;) {
  await producer.send({ topic: topics.orders.name, messages: [{ value: 'x' }] });
  await new Promise((resolve) => setTimeout(resolve, 20));
}
`);
  await running(id);
  await until(
    async () => (await api('GET', '/api/lens/topics')).body.topics[0]?.partitions[0].end,
    (end) => Number(end) > 0,
    20_000,
  );
  process.kill(brokerPid, 'SIGKILL');
  expect(await ended(id)).toMatchObject({
    status: 'error',
    result: null,
    error: expect.stringContaining('Your program is not the cause'),
  });
  expect(await ended(await startRun(solution))).toMatchObject({ status: 'finished', result: { kind: 'exited', exitCode: 0 } });
}, 90_000);

test('when Kafka is killed during a grading, the verdict is still correct', async () => {
  const { submissionId } = (await api('POST', '/api/submissions', submission(solution))).body;
  await until(
    async () => (await api('GET', `/api/submissions/${submissionId}`)).body.status,
    (status) => status === 'grading',
    20_000,
  );
  process.kill(brokerPid, 'SIGKILL');
  const finished = await until(
    async () => (await api('GET', `/api/submissions/${submissionId}`)).body,
    ({ status }) => status === 'finished',
    90_000,
  );
  expect(finished.report.status).toBe('pass');
}, 120_000);

test('health reports a broker that hangs within half a second, and its recovery', async () => {
  const health = async () => (await api('GET', '/api/health')).body.services.kafka;
  await until(health, (kafka) => kafka === 'ready', 20_000);
  process.kill(brokerPid, 'SIGSTOP');
  try {
    const times: number[] = [];
    for (let look = 0; look < 3; look++) {
      const begin = performance.now();
      expect(await health()).toBe('failed');
      times.push(performance.now() - begin);
    }
    // 400 ms by design; the rest allows for other work on the machine.
    expect(Math.min(...times)).toBeLessThan(2000);
  } finally {
    process.kill(brokerPid, 'SIGCONT');
  }
  await until(health, (kafka) => kafka === 'ready', 20_000);
}, 60_000);

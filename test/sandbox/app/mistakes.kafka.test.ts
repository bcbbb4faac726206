import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Server, startServer } from '#sandbox/app/server.ts';
import type { TemporaryHome } from '../temporary-home.ts';
import { type Answer, apiOf, until } from '../test-server.ts';
import { kafkaHome } from './kafka-home.ts';

let home: TemporaryHome;
let server: Server;
let api: ReturnType<typeof apiOf>;

beforeAll(async () => {
  home = kafkaHome();
  server = await startServer(home.config, { port: 0 });
  api = apiOf(server);
  await server.ready;
}, 120_000);

afterAll(async () => {
  await server.close();
  home[Symbol.dispose]();
});

const work = (text: string) => ({ body: { lesson: 'log/append', files: { 'main.ts': text } } });

async function run(text: string): Promise<Answer['body']> {
  const { runId } = (await api('POST', '/api/runs', work(text))).body;
  return until(
    async () => (await api('GET', `/api/runs/${runId}`)).body,
    ({ status }) => status === 'finished' || status === 'error',
    40_000,
  );
}

const IMPORTS = "import { kafka, topics } from './cluster.ts';\nimport { CompressionTypes } from 'kafkajs';\n";
const send = (message: string, more = '') =>
  `${IMPORTS}const producer = kafka.producer();\nawait producer.connect();\nawait producer.send({ topic: topics.orders.name, ${more} messages: [${message}] });\n`;

/** What goes wrong on a broker: the program, the message of its error and the hint. */
const MISTAKES: readonly { what: string; program: string; says: string; hint: string }[] = [
  {
    what: "a topic that is not the exercise's",
    program: send('{ value: "x" }').replace('topics.orders.name', "'my-topic'"),
    says: 'authorized',
    hint: 'Write topics.orders.name',
  },
  {
    what: 'an object as a value',
    program: send('{ value: { a: 1 } as any }'),
    says: 'must be of type string or an instance of Buffer',
    hint: 'JSON.stringify(...) for an object',
  },
  {
    what: 'a number as a key',
    program: send('{ key: 7 as any, value: "x" }'),
    says: 'must be of type string',
    hint: 'String(...) for a number',
  },
  {
    what: 'an unknown codec',
    program: send('{ value: "x" }', 'compression: CompressionTypes.Snappy,'),
    says: 'Snappy compression not implemented',
    hint: 'CompressionTypes.GZIP',
  },
  {
    what: 'a send after disconnect',
    program: `${send('{ value: "x" }')}await producer.disconnect();\nawait producer.send({ topic: topics.orders.name, messages: [{ value: 'y' }] });\n`,
    says: 'disconnect',
    hint: 'disconnect after the last one',
  },
  {
    what: 'a topic that is made by the program',
    program: `${IMPORTS}const admin = kafka.admin();\nawait admin.connect();\nawait admin.createTopics({ topics: [{ topic: 'mine' }], waitForLeaders: false });\n`,
    says: 'Topic creation errors',
    hint: 'This program may use only',
  },
];

describe('a Run of a program that fails ends with its error, the line and what to do', () => {
  test.for(MISTAKES)('$what', async ({ program, says, hint }) => {
    const { result, cause } = await run(program);
    expect(result).toMatchObject({ kind: 'exited', exitCode: 1 });
    expect(cause).toMatchObject({
      message: expect.stringContaining(says),
      hint: expect.stringContaining(hint),
    });
  });
});

describe('a program that goes on until its time is over', () => {
  test.for([
    { what: 'a producer that is not disconnected', program: send('{ value: "x" }'), hint: 'connections to Kafka open: ' },
    { what: 'a loop that never ends', program: `${IMPORTS}for (;;) Math.random();\n`, hint: 'a loop that never ends' },
  ])('is told what kept it: $what', async ({ program, hint }) => {
    const { result, cause } = await run(program);
    expect(result.kind).toBe('timed-out');
    expect(cause).toMatchObject({ message: null, hint: expect.stringContaining(hint) });
  });
});

test('a client that is not that of cluster.ts is told so while it still tries', async () => {
  const { output, result } = await run(
    "import { Kafka } from 'kafkajs';\nconsole.log('begins');\nawait new Kafka({ clientId: 'my-app', brokers: ['localhost:9092'] }).producer().connect();\n",
  );
  const hint = output.find(({ text }: { text: string }) => text.includes("import { kafka, topics } from './cluster.ts'"));
  expect(hint).toMatchObject({ stream: 'system' });
  expect(hint.text).toContain('localhost:9092');
  // Long before it gives up; Node's own start counts for neither.
  expect(hint.atMs - output[0].atMs).toBeLessThan((result.durationMs - output[0].atMs) / 3);
});

test('the report of a program that throws in a Check only has its error and line, and asks about it', async () => {
  const { submissionId } = (
    await api('POST', '/api/submissions', work("const a = 1;\nthrow new Error('only on hidden data');\n"))
  ).body;
  const { report } = await until(
    async () => (await api('GET', `/api/submissions/${submissionId}`)).body,
    ({ status }) => status === 'finished',
    60_000,
  );
  expect(report.output.cause).toEqual({ message: 'Error: only on hidden data', place: 'main.ts:2', hint: null });
  expect(report.output.lastLines.join('\n')).toContain('only on hidden data');
  expect(report.checks[0]).toMatchObject({
    status: 'fail',
    question: 'Which line does the error name, and what was that line given?',
  });
});

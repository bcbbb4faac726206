import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OUTPUT_END } from '#sandbox/languages/contract/language.ts';
import { clusterFile } from '#sandbox/languages/typescript/cluster-file.ts';
import { earlyHint, explainOutput } from '#sandbox/languages/typescript/explain-output.ts';
import { MISTAKES } from './mistakes.ts';

const NAMES = { topics: ['driver-events'], inputs: ['driver-events'] };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mistakes-'));
  await mkdir(join(folder, 'node_modules'));
  await symlink(resolve('node_modules/kafkajs'), join(folder, 'node_modules/kafkajs'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'cluster.ts'), clusterFile(['driver-events']));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Returns what Node prints of a program. */
async function outputOf(program: string, timeLimitMs?: number): Promise<string> {
  const own = await mkdtemp(join(folder, 'run-'));
  for (const name of ['package.json', 'cluster.ts', 'node_modules']) await symlink(join(folder, name), join(own, name));
  await writeFile(join(own, 'main.ts'), program);
  const cluster = { host: '127.0.0.1', port: 9, topics: { driverEvents: {} }, principal: 'a', password: 'b', prefix: 'a.' };
  const env = { ...process.env, STREAMWRIGHT_CLUSTER: JSON.stringify({ ...cluster, timeLimitMs }), FORCE_COLOR: '0' };
  return new Promise((done) => {
    execFile(process.execPath, ['--preserve-symlinks', 'main.ts'], { cwd: own, env }, (_, stdout, stderr) =>
      done(stdout + stderr),
    );
  });
}

describe('the cause of a failed program', () => {
  test.for(MISTAKES)('$what', async ({ program, place, hint }) => {
    const cause = explainOutput(await outputOf(program), NAMES);
    expect(cause?.hint ?? null).toEqual(hint === null ? null : expect.stringContaining(hint));
    if (place !== undefined) expect(cause?.place ?? null).toBe(place);
    if (place) expect(cause?.message).toMatch(/\S/);
    expect(cause?.message ?? '').not.toMatch(/^ {4}at |Node\.js v|node_modules/m);
  });

  test('is the message of the error, whole, without the stack', async () => {
    const cause = explainOutput(await outputOf(`console.log('x');\nthrow new Error('one\\ntwo');`), NAMES);
    expect(cause).toEqual({ message: 'Error: one\ntwo', place: 'main.ts:2', hint: null });
  });

  test('is what keeps a program from ending, told before its time is over', async () => {
    const program = `import './cluster.ts';
      const ticks = setInterval(() => {}, 100);
      console.error = (text) => (process.stderr.write(text + '\\n'), clearInterval(ticks));`;
    const cause = explainOutput(await outputOf(program, 1200), NAMES);
    expect(cause).toEqual({ message: null, place: null, hint: expect.stringContaining('timers were running: 1.') });
  });

  test('is not guessed from what a program prints', () => {
    expect(explainOutput('all 12 orders are stored\n', NAMES)).toBeNull();
    expect(explainOutput('', NAMES)).toBeNull();
  });
});

test('cluster.ts has everything that a client of kafkajs has', async () => {
  const program = `import { Kafka } from 'kafkajs';
    import { kafka } from './cluster.ts';
    const missing = Object.keys(new Kafka({ brokers: ['a:1'] })).concat(Object.getOwnPropertyNames(Kafka.prototype))
      .filter((name) => name !== 'constructor' && !(name in kafka));
    console.log(JSON.stringify(missing));`;
  expect(JSON.parse(await outputOf(program))).toEqual([]);
});

test('only the end of what a program prints is read, for a pattern that almost fits takes its time', () => {
  const trouble = 'getaddrinfo ENOTFOUND broker ';
  for (const read of [explainOutput, earlyHint]) {
    expect(read(trouble + 'x'.repeat(OUTPUT_END - trouble.length), NAMES)).not.toBeNull();
    expect(read(trouble + 'x'.repeat(OUTPUT_END), NAMES)).toBeNull();
  }
});

test('a topic that is not of the exercise is answered with those that are', () => {
  expect(earlyHint('KafkaJSProtocolError: Not authorized to access topics: [Topic authorization failed]', NAMES)).toBe(
    'This program may use only the topics of its exercise. Write topics.driverEvents.name.',
  );
  expect(earlyHint('Not authorized to access topics', NAMES)).not.toBeNull();
});

test('the first line that kafkajs writes about a broker that is not there is enough for the hint', () => {
  const line = `{"level":"ERROR","timestamp":"2026-03-02T08:00:00.000Z","logger":"kafkajs","message":"[Connection] Connection error: getaddrinfo EAI_AGAIN localhost","broker":"localhost:9092","clientId":"my-app"}`;
  expect(earlyHint(line, NAMES)).toBe(
    "Nothing listens at localhost:9092: a program here reaches only the exercise's broker. Take its connection: import { kafka, topics } from './cluster.ts'.",
  );
  expect(earlyHint('kafkajs: Connection error: connect ENOENT /run/kafka.sock ', NAMES)).toBeNull();
});

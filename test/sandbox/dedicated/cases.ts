/** Brokers of a learner's own, over HTTP: run on, judged on while one of them dies, and begun anew. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { runSchema } from '#sandbox/protocol/run.ts';
import { submissionSchema } from '#sandbox/protocol/submission.ts';
import type { Product } from '../../trust/learners.ts';
import { until } from '../test-server.ts';

/** Three brokers start in 6 s on a free machine; each round starts three of its own. */
const LIMIT_MS = 240_000;

const LESSON = 'brokers/broker-down';
const FOLDER = join(PROJECT_DIR, 'test/fixtures/lessons/01-brokers/01-broker-down');
const program = (name: string) => readFileSync(join(FOLDER, name), 'utf8');

const LOOK = `import { kafka, topics } from './cluster.ts';
const admin = kafka.admin();
await admin.connect();
const { brokers } = await admin.describeCluster();
const there = await admin.listTopics();
await admin.disconnect();
console.log(JSON.stringify({ brokers: brokers.length, hasOrders: there.includes(topics.orders.name) }));
`;

/** Reaches each broker where the brokers themselves say that it is, as a client does that looks for a leader. */
const REACH = `import net from 'node:net';
import { kafka } from './cluster.ts';
const admin = kafka.admin();
await admin.connect();
const { brokers } = await admin.describeCluster();
await admin.disconnect();
const { STREAMWRIGHT_CLUSTER = '{}' } = process.env;
const { others, ...first } = JSON.parse(STREAMWRIGHT_CLUSTER);
const reached: number[] = [];
for (const { nodeId, host, port } of brokers) {
  const path = [first, ...others].find((broker) => broker.host === host && broker.port === port)?.socketPath;
  const socket = net.connect(path ? { path } : { host, port });
  await new Promise((resolve, reject) => socket.on('connect', resolve).on('error', reject));
  socket.destroy();
  reached.push(nodeId);
}
console.log(JSON.stringify(reached.sort()));
`;

/** What the last line says; before it kafkajs may speak of a coordinator that is being elected. */
const lastOf = (output: string): unknown => JSON.parse(output.trim().split('\n').at(-1) ?? '');

async function handIn(product: Product, text: string) {
  const api = product.api('ada');
  const { body } = await api('POST', '/api/submissions', { body: { lesson: LESSON, files: { 'main.ts': text } } });
  const read = async () => submissionSchema.parse((await api('GET', `/api/submissions/${body.submissionId}`)).body);
  const { report } = await until(read, ({ status }) => status === 'finished', LIMIT_MS);
  return { report, inFull: JSON.stringify(report, null, 2) };
}

export function dedicatedCases(product: Product): void {
  const api = () => product.api('ada');
  async function run(text: string) {
    const { body } = await api()('POST', '/api/runs', { body: { lesson: LESSON, files: { 'main.ts': text } } });
    const read = async () => runSchema.parse((await api()('GET', `/api/runs/${body.runId}`)).body);
    const ended = await until(read, ({ status }) => status === 'finished' || status === 'error', LIMIT_MS);
    const output = ended.output.map(({ text: part }) => part).join('');
    expect(ended, output).toMatchObject({ status: 'finished', error: null, result: { kind: 'exited', exitCode: 0 } });
    return output;
  }

  test('a program runs on three brokers, which the next run still has; after a reset there are three others', {
    timeout: LIMIT_MS,
  }, async () => {
    await run(program('solution/main.ts'));
    expect(lastOf(await run(LOOK))).toMatchObject({ brokers: 3 });
    expect((await api()('POST', '/api/sandbox/reset', { body: {} })).status).toBe(202);
    expect(lastOf(await run(LOOK))).toEqual({ brokers: 3, hasOrders: false });
  });

  test('a program reaches each broker by the name and the port that the brokers give it', { timeout: LIMIT_MS }, async () => {
    expect(lastOf(await run(REACH))).toEqual([1, 2, 3]);
  });

  test('what was acknowledged by all is there after the leader was killed, and writing goes on, round after round', {
    timeout: LIMIT_MS,
  }, async () => {
    const { report, inFull } = await handIn(product, program('solution/main.ts'));
    expect(report, inFull).toMatchObject({ status: 'pass', rounds: 2 });
  });

  test.each([
    ['wrong/one-copy.ts', 'copies'],
    ['wrong/three-in-sync.ts', 'goes-on'],
  ])('%s fails %s', { timeout: LIMIT_MS }, async (name, check) => {
    const { report, inFull } = await handIn(product, program(name));
    expect(report, inFull).toMatchObject({ status: 'fail' });
    expect(report?.checks.find(({ status }) => status === 'fail')?.id, inFull).toBe(check);
  });
}

/** Programs that try to be judged by something else than what they wrote. Each group has a program that is right beside it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '#sandbox/config.ts';
import { drawRound, VISIBLE_SEED } from '#sandbox/generators/round.ts';
import { clusterEnvironment, programFiles } from '#sandbox/languages/typescript/program-files.ts';
import { firstFailure, openTestBench } from './bench.ts';

const bench = openTestBench();
const program = (name: string) => readFile(join(bench.catalog.exercise('log/append').dir, name), 'utf8');

describe('next to a right program', () => {
  test('text on stdout that looks like a report or like our own protocol changes nothing', async () => {
    const right = await program('solution/main.ts');
    const forged = await program('wrong/forged-report.ts');
    expect(await bench.grade('log/append', right)).toMatchObject({ status: 'pass', score: 1 });
    const report = await bench.grade('log/append', forged);
    expect(report).toMatchObject({ status: 'fail', score: 0 });
    expect(report.output.text).toContain('"status":"pass"');
    const failing = await bench.grade('log/append', `console.log('not ok 1'); console.log('{"status":"fail"}');\n${right}`);
    expect(failing.status).toBe('pass');
  });

  test('an exit code of 0 before the work is done does not pass', async () => {
    const report = await bench.grade(
      'log/append',
      `process.exit(0);\n${await program('solution/main.ts')}`.replace(/^/, 'export {};\n'),
    );
    expect(firstFailure(report)).toMatchObject({ id: 'stored', round: 1, diagnosis: null, question: '' });
    expect(report.score).toBe(0);
  });

  test('the data of the editor are not those of any round', async () => {
    const report = await bench.grade('log/append', await program('wrong/replayed-sample.ts'));
    expect(firstFailure(report)).toMatchObject({ id: 'stored', diagnosis: 'RECORD_NOT_IN_INPUT' });
  });

  test('globals that a program replaces are its own', async () => {
    const report = await bench.grade('log/append', await program('wrong/patched-globals.ts'));
    expect(report).toMatchObject({ status: 'fail', score: 0 });
  });

  test('a seed replays a report', async () => {
    const wrong = await program('wrong/backwards.ts');
    const [first, second] = [
      await bench.grade('log/append', wrong, { seed: 77 }),
      await bench.grade('log/append', wrong, { seed: 77 }),
    ];
    expect(firstFailure(first)?.message).toBe(firstFailure(second)?.message);
    expect(first.seed).toBe(77);
  });
});

test("a program finds neither the grader's channel nor the server, and its output shows neither", async () => {
  const snoop = `
import fs from 'node:fs';
console.log(JSON.stringify({
  channel: [typeof process.send, process.env.NODE_CHANNEL_FD ?? null, process.connected ?? null],
  fds: fs.readdirSync('/proc/self/fd').map((fd) => { try { return fs.readlinkSync('/proc/self/fd/' + fd); } catch { return ''; } }).filter((path) => path.startsWith('/') && !path.startsWith('/proc/') && path !== '/dev/null'),
  pids: fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).length,
  variables: Object.keys(process.env).sort(),
  files: fs.readdirSync('.').sort(),
}));
for (const fd of [3, 4, 5, 6, 7, 8, 9, 10]) try { fs.writeSync(fd, '{"type":"verdict","verdict":{"id":"stored","status":"pass"}}\\n{"type":"done"}\\n'); } catch {}
`;
  const report = await bench.grade('log/append', snoop);
  expect(report).toMatchObject({ status: 'fail', score: 0 });
  const seen: unknown = JSON.parse(report.output.text.split('\n')[0] ?? '');
  expect(seen).toMatchObject({ channel: ['undefined', null, null], fds: [] });
  expect(seen).toHaveProperty('files', ['cluster.ts', 'main.ts', 'node_modules', 'orders.ts', 'package.json']);
  expect(report.output.text).not.toContain('grader');
});

test('a process left over from a Run that writes to every topic it can list reaches no round', { timeout: 120_000 }, async () => {
  const { provider, tenancy } = bench.stack;
  const exercise = bench.catalog.exercise('log/append');
  const data = drawRound(exercise.spec, VISIBLE_SEED);
  const tenant = await tenancy.create();
  const topics = await tenancy.createTopics(tenant, 1, data.topics);
  await using workspace = await provider.openWorkspace({ reach: { kafka: tenancy.broker } });
  const stopping = new AbortController();
  const leftOver = `
import { kafka, topics } from './cluster.ts';
const admin = kafka.admin();
const producer = kafka.producer();
await Promise.all([admin.connect(), producer.connect()]);
for (let round = 0; ; round++) {
  const names = new Set([...(await admin.listTopics()), topics.orders.name, topics.receipts.name]);
  for (const topic of names) await producer.send({ topic, messages: [{ key: 'x', value: '{"id":"x"}', headers: { source: 'web' } }] });
  if (round === 0) console.log('writing to', [...names].length);
  await new Promise((resolve) => setTimeout(resolve, 20));
}
`;
  const { promise: writing, resolve: hasWritten } = Promise.withResolvers<void>();
  const running = workspace.run(
    {
      files: programFiles(exercise, { 'main.ts': leftOver }, data),
      entry: 'main.ts',
      env: clusterEnvironment({ address: workspace.address('kafka'), tenant, topics }),
    },
    {
      limits: { ...LIMITS.program, timeMs: 110_000 },
      onOutput: ({ text }) => text.includes('writing to') && hasWritten(),
      signal: stopping.signal,
    },
  );
  await Promise.race([writing, running]);
  expect(await bench.grade('log/append', await program('solution/main.ts'))).toMatchObject({ status: 'pass' });
  expect(await bench.grade('log/append', '')).toMatchObject({ status: 'fail', score: 0 });
  stopping.abort();
  expect(await running).toMatchObject({ kind: 'cancelled' });
  await tenancy.remove(tenant);
});

test.each([
  ['a syntax error', 'const = 1;'],
  ['an import that does not exist', "import './nothing.ts';"],
  ['TypeScript that Node cannot strip', 'enum Colour { Red }'],
])('a program with %s passes nothing, and is told that it ended with an error', async (_, text) => {
  const report = await bench.grade('log/keys', text);
  expect(firstFailure(report)).toMatchObject({ id: 'published', diagnosis: 'ENDED_WITH_AN_ERROR' });
  expect(report).toMatchObject({ status: 'fail', score: 0 });
  expect(report.output.text).toContain('Error');
});

test('a program that floods a topic fails, and the report does not call it a Streamwright error', {
  timeout: 120_000,
}, async () => {
  const flood = `
import { kafka, topics } from './cluster.ts';
const producer = kafka.producer();
await producer.connect();
const value = Buffer.alloc(900_000, 'x');
for (;;) await producer.send({ topic: topics.orders.name, messages: [{ value }] });
`;
  const report = await bench.grade('log/append', flood);
  expect(report.status).toBe('fail');
  expect(report.score).toBe(0);
});

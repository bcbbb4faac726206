import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FILES, type Mark, openEditorWorker } from './editor-worker.ts';
import { SNIPPETS } from './snippets.ts';

const run = promisify(execFile);

/** Imports each program, as a file of its own in a workspace, and prints for each whether Node ran it. */
const IMPORT_ALL = `
const ran = [];
console.log = () => {};
for (const name of process.argv.slice(2)) {
  const refused = await import(name).then(() => null, (error) => String(error));
  ran.push(refused);
}
process.stdout.write(JSON.stringify(ran));
process.exit(0);
`;

let marksOf: (main: string) => Promise<Mark[]>;
let refusals: (string | null)[];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'editor-'));
  await mkdir(join(folder, 'node_modules'));
  await symlink(resolve('node_modules/kafkajs'), join(folder, 'node_modules/kafkajs'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
  await writeFile(join(folder, 'import-all.mjs'), IMPORT_ALL);
  const names = SNIPPETS.map((_, index) => `./program-${index}.ts`);
  for (const [index, { text }] of SNIPPETS.entries()) await writeFile(join(folder, names[index] ?? ''), text);
  const cluster = {
    host: 'localhost',
    port: 9092,
    principal: 'a',
    password: 'b',
    prefix: 'a.',
    topics: { orders: { name: 'a.orders' } },
  };
  const env = { ...process.env, STREAMWRIGHT_CLUSTER: JSON.stringify(cluster) };
  const { stdout } = await run(process.execPath, ['import-all.mjs', ...names], { cwd: folder, env });
  refusals = JSON.parse(stdout);
  marksOf = await openEditorWorker();
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the editor marks what Node refuses, and nothing that it runs', () => {
  test.for(SNIPPETS.map((snippet, index) => ({ ...snippet, index })))('$text', async ({ text, runs, says = '', index }) => {
    const marks = await marksOf(text);
    expect({ node: refusals[index] ?? 'runs', editor: marks.map(({ message }) => message).join('\n') || 'no mark' }).toEqual({
      node: runs ? 'runs' : expect.not.stringMatching(/^runs$/),
      editor: runs ? 'no mark' : expect.stringContaining(says),
    });
    expect(marks.length > 0).toBe(!runs);
  });
});

test('the editor marks nothing in the files that a program finds beside it', async () => {
  for (const text of Object.values(FILES)) expect(await marksOf(text)).toEqual([]);
});

test('an object as a value is marked, and the mark says how to make bytes of it', async () => {
  const [mark] = await marksOf(`import { kafka, topics } from './cluster.ts';
const producer = kafka.producer();
await producer.send({ topic: topics.orders.name, messages: [{ key: 'k', value: { a: 1 } }] });`);
  expect(mark).toMatchObject({ line: 3, message: expect.stringContaining('Kafka stores bytes. Write: JSON.stringify(...).') });
});

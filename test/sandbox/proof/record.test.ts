import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { type Proof, proofsText, readProofs, recordMutants, recordProof } from '#sandbox/proof/record.ts';

const proof: Proof = { folder: 'a'.repeat(64), common: 'b'.repeat(64), programs: 3, gradings: 6, repeats: 2, date: '2026-01-31' };
const all = { isKnown: () => true };

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'streamwright-proofs-'));
});
afterEach(() => rm(dir, { recursive: true }));

const text = () => readFile(join(dir, 'proofs.json'), 'utf8');
const write = (value: unknown) => writeFile(join(dir, 'proofs.json'), JSON.stringify(value));

test('a missing file records nothing', async () => {
  expect(await readProofs(dir)).toEqual({});
});

test('reads back what was recorded, and keeps the proofs of other lessons', async () => {
  const newer = { ...proof, date: '2026-02-01' };
  await recordProof(dir, { lesson: 'log/keys', proof, ...all });
  await recordProof(dir, { lesson: 'log/append', proof, ...all });
  await recordProof(dir, { lesson: 'log/append', proof: newer, ...all });
  expect(await readProofs(dir)).toEqual({ 'log/append': newer, 'log/keys': proof });
});

test('writes the same bytes for the same proofs, in whichever order they were recorded', async () => {
  await recordProof(dir, { lesson: 'log/keys', proof, ...all });
  await recordProof(dir, { lesson: 'log/append', proof, ...all });
  const one = await text();
  await rm(join(dir, 'proofs.json'));
  await recordProof(dir, { lesson: 'log/append', proof, ...all });
  await recordProof(dir, { lesson: 'log/keys', proof, ...all });
  expect(await text()).toBe(one);
});

test('removes a lesson that no longer exists from the record', async () => {
  await recordProof(dir, { lesson: 'log/gone', proof, ...all });
  await recordProof(dir, { lesson: 'log/append', proof, isKnown: (lesson) => lesson !== 'log/gone' });
  expect(Object.keys(await readProofs(dir))).toEqual(['log/append']);
});

test('keeps the figures of mutants while lesson and common ground are the same', async () => {
  const figures = { mutants: 30, killed: 28, equivalent: 2 };
  const { folder, common } = proof;
  const add = (state: { folder: string; common: string }) => recordMutants(dir, { lesson: 'log/keys', state, figures });
  expect(await add({ folder, common })).toBe(false);
  await recordProof(dir, { lesson: 'log/keys', proof, ...all });
  expect(await add({ folder, common: 'c'.repeat(64) })).toBe(false);
  expect(await readProofs(dir)).toEqual({ 'log/keys': proof });

  expect(await add({ folder, common })).toBe(true);
  await recordProof(dir, { lesson: 'log/keys', proof: { ...proof, date: '2026-02-01' }, ...all });
  expect(await readProofs(dir)).toEqual({ 'log/keys': { ...proof, date: '2026-02-01', mutants: figures } });
  await recordProof(dir, { lesson: 'log/keys', proof: { ...proof, folder: 'c'.repeat(64) }, ...all });
  expect((await readProofs(dir))['log/keys']).not.toHaveProperty('mutants');
});

test('formats the file as Biome does, empty or not', { timeout: 60_000 }, () => {
  const full = { ...proof, right: 2, wrong: 3, mutants: { mutants: 9, killed: 8, equivalent: 1 } };
  for (const record of [{}, { 'log/append': proof, 'log/keys': full }]) {
    const biome = join(PROJECT_DIR, 'node_modules/.bin/biome');
    const args = ['format', '--stdin-file-path=lessons/proofs.json'];
    const input = proofsText(record);
    expect(execFileSync(biome, args, { cwd: PROJECT_DIR, input, encoding: 'utf8' })).toBe(input);
  }
});

test.each([
  ['an impossible day', { date: '2026-02-30' }, 'lessons.log/append.date: expected a day such as 2026-01-31'],
  ['a truncated hash', { folder: 'ab12' }, 'lessons.log/append.folder: expected a SHA-256 in hexadecimal, found "ab12"'],
  ['no programs', { programs: 0 }, 'lessons.log/append.programs: expected 1 or more, found 0'],
  ['an unknown key', { machine: 'mine' }, 'lessons.log/append.machine: unknown key'],
])('rejects %s, naming the key, what was expected and what was found', async (_, change, message) => {
  await write({ version: 1, lessons: { 'log/append': { ...proof, ...change } } });
  await expect(readProofs(dir)).rejects.toThrow(`lessons/proofs.json: ${message}`);
});

test('rejects markers that a merge left, with their line and a hint', async () => {
  await writeFile(join(dir, 'proofs.json'), '{\n  "version": 1,\n<<<<<<< ours\n  "lessons": {}\n}\n');
  await expect(readProofs(dir)).rejects.toMatchObject({
    code: 'LESSON_BROKEN',
    message: expect.stringContaining('lessons/proofs.json: '),
    hint: expect.stringContaining('npm run prove -- --record'),
  });
});

test('reads the record of this project', async () => {
  expect(Object.values(await readProofs(join(PROJECT_DIR, 'lessons'))).every(({ repeats }) => repeats > 0)).toBe(true);
});

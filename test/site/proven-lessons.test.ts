import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { type Proof, recordProof } from '#sandbox/proof/record.ts';
import { provenLessons } from '../../site/publish/proven-lessons.ts';
import { provenText } from '../../site/src/course/proven-by.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'streamwright-proven-'));
  await cp(join(PROJECT_DIR, 'lessons/01-log'), join(dir, '01-log'), { recursive: true });
});
afterEach(() => rm(dir, { recursive: true }));

async function record(figures: Partial<Proof>): Promise<void> {
  const folder = (await loadCatalog(dir)).exercise('log/keys').contentHash;
  const proof = { folder, common: 'b'.repeat(64), programs: 9, gradings: 9, repeats: 1, date: '2026-01-31', ...figures };
  await recordProof(dir, { lesson: 'log/keys', proof, isKnown: () => true });
}

test('a lesson whose record covers its folder is proven by its programs and mutants', async () => {
  await record({ right: 2, wrong: 5 });
  expect(await provenLessons(dir)).toEqual({ 'log/keys': { right: 2, wrong: 5, mutants: null } });
  await record({ right: 2, wrong: 5, mutants: { mutants: 30, killed: 27, equivalent: 3 } });
  expect(await provenLessons(dir)).toEqual({ 'log/keys': { right: 2, wrong: 5, mutants: { killed: 27, differing: 27 } } });
});

test('a changed text leaves a lesson proven, a changed grader or wrong program does not', async () => {
  await record({ right: 2, wrong: 5 });
  await cp(join(dir, '01-log/01-append/index.mdx'), join(dir, '01-log/02-keys/index.mdx'));
  expect(Object.keys(await provenLessons(dir))).toEqual(['log/keys']);
  await writeFile(join(dir, '01-log/02-keys/wrong/no-key.ts'), '');
  expect(await provenLessons(dir)).toEqual({});
});

test('neither no record nor an older one without counts proves a lesson', async () => {
  expect(await provenLessons(dir)).toEqual({});
  await record({});
  expect(await provenLessons(dir)).toEqual({});
});

test('says in a sentence what a grader catches', () => {
  expect(provenText({ right: 8, wrong: 52, mutants: null })).toBe(
    'This grader catches 52 of 52 wrong programs and accepts 8 of 8 right ones.',
  );
  expect(provenText({ right: 8, wrong: 52, mutants: { killed: 66, differing: 66 } })).toContain(
    'Of 66 small changes that spoil a right program, it catches 66.',
  );
});

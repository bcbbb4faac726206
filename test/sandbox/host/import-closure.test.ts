import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { importClosure } from '#sandbox/host/import-closure.ts';

/** Names of the files that `entry.ts` loads, itself left out; the others are empty. */
async function loadedBy(entry: string, others: readonly string[]): Promise<string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'streamwright-imports-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  for (const name of others) await writeFile(join(dir, name), '');
  await writeFile(join(dir, 'entry.ts'), entry);
  const { files } = await importClosure([join(dir, 'entry.ts')], (path) => readFile(path, 'utf8'));
  return [...files.keys()].map((path) => basename(path)).filter((name) => name !== 'entry.ts');
}

test.each([
  ["import { a } from './a.ts';"],
  ["import {\n  type A,\n  a,\n} from './a.ts';"],
  ["import { type A } from './a.ts';"], // what is left of it when the types are gone still loads the module
  ["import * as a from './a.ts';"],
  ["import './a.ts';"],
  ["export { a } from './a.ts';"],
  ["export * from './a.ts';"],
  ["const a = await import('./a.ts');"],
])('what is imported so is loaded: %s', async (source) => {
  expect(await loadedBy(source, ['a.ts'])).toEqual(['a.ts']);
});

test.each([
  ["import type { A } from './a.ts';"],
  ["export type { A } from './a.ts';"],
  ["// import { a } from './a.ts';"],
  ["/*\nimport { a } from './a.ts';\n*/"],
  ["const text = `\nimport { a } from './a.ts';\n`;"],
])('what is written so is not loaded: %s', async (source) => {
  expect(await loadedBy(source, ['a.ts'])).toEqual([]);
});

test('modules that import each other are each read once', async () => {
  expect(await loadedBy("import './entry.ts';\nimport './a.ts';", ['a.ts'])).toEqual(['a.ts']);
});

test('an import that leads nowhere is an error', async () => {
  await expect(loadedBy("import './a.ts';", [])).rejects.toThrow('a.ts');
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { importClosure } from '#sandbox/host/import-closure.ts';

/** Returns the names of the files that `entry.ts` loads, without itself; the rest are empty. */
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
  ["import { type A } from './a.ts';"], // without its types it still loads the module
  ["import * as a from './a.ts';"],
  ["import './a.ts';"],
  ["export { a } from './a.ts';"],
  ["export * from './a.ts';"],
  ["const a = await import('./a.ts');"],
])('follows the import: %s', async (source) => {
  expect(await loadedBy(source, ['a.ts'])).toEqual(['a.ts']);
});

test.each([
  ["import type { A } from './a.ts';"],
  ["export type { A } from './a.ts';"],
  ["// import { a } from './a.ts';"],
  ["/*\nimport { a } from './a.ts';\n*/"],
  ["const text = `\nimport { a } from './a.ts';\n`;"],
])('ignores: %s', async (source) => {
  expect(await loadedBy(source, ['a.ts'])).toEqual([]);
});

test('reads modules that import each other once', async () => {
  expect(await loadedBy("import './entry.ts';\nimport './a.ts';", ['a.ts'])).toEqual(['a.ts']);
});

test('rejects an import of a file that does not exist', async () => {
  await expect(loadedBy("import './a.ts';", [])).rejects.toThrow('a.ts');
});

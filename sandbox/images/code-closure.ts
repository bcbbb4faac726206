import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { codeOf, importClosure, importsOf } from '#sandbox/host/import-closure.ts';

/** What code needs to run elsewhere. */
export interface CodeNeeds {
  /** Paths of modules. */
  modules: string[];
  /** Files and folders next to a module that it names by `join(import.meta.dirname, '...')`. */
  data: string[];
  /** Names of installed packages. */
  packages: string[];
}

const DATA = /\bjoin\(import\.meta\.dirname, '([^']+)'\)/g;

/** Returns what modules and all their imports need to run, each sorted. @throws Error when a file is missing */
export async function closureOf(entries: readonly string[]): Promise<CodeNeeds> {
  const absolute = entries.map((entry) => resolve(entry));
  const { files, packages } = await importClosure(absolute, (path) => readFile(path, 'utf8'));
  const data = [...files].flatMap(([path, text]) => dataOf(path, text));
  return { modules: [...files.keys()].sort(), data: [...new Set(data)].sort(), packages: [...packages].sort() };
}

/** Returns what a module itself names. @throws Error when a file is missing */
export async function needsOfModule(path: string): Promise<CodeNeeds> {
  const text = await readFile(path, 'utf8');
  return { ...importsOf(path, text), data: dataOf(path, text) };
}

function dataOf(module: string, text: string): string[] {
  return [...codeOf(text).matchAll(DATA)].map(([, name = '']) => {
    const path = join(dirname(module), name);
    if (existsSync(path)) return path;
    throw new Error(`${module} names ${path}, which does not exist`);
  });
}

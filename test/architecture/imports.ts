import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Top folder of the project. */
export const PROJECT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const IMPORT = /\b(?:import|export)\s[^'";]*?from\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g;

/** Returns the product's source files, relative to the project, with forward slashes, without learners' programs and tests. */
export function sourceFiles(): string[] {
  return globSync(['sandbox/**/*.ts', 'site/**/*.{ts,tsx,astro}', 'lessons/**/*.{ts,mdx}'], { cwd: PROJECT })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !/(^|\/)(node_modules|dist|\.astro|solution|alternates|wrong|starter)\//.test(file))
    .sort();
}

/** Returns a file's imports, except in template strings (as in `cluster.ts`): project files by path, packages and `node:` modules by name. */
export function importsOf(file: string): string[] {
  const source = readFileSync(join(PROJECT, file), 'utf8').replace(/^\s*(\/\/|\*).*$|`[^`]*`/gm, '');
  return [...source.matchAll(IMPORT)].map(([, from, bare]) => resolve(file, from ?? bare ?? ''));
}

function resolve(file: string, specifier: string): string {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (!specifier.startsWith('.')) return specifier;
  return posix.join(posix.dirname(file), specifier.replace(/\?.*$/, ''));
}

/**
 * Finds what modules load when they run, from the modules themselves, so that no moved or added module is forgotten.
 */
import { existsSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, resolve } from 'node:path';

/** Reads a source file by its absolute path. */
export type ReadText = (path: string) => Promise<string>;

export interface ImportClosure {
  /** Text of each source file by its absolute path. */
  files: Map<string, string>;
  /** Names of the packages that one of them imports. */
  packages: Set<string>;
}

// For a source without comments and template strings. Node removes `import type` and `export type`.
const STATIC_IMPORT = /^\s*(?:import|export)\s(?!type\b)[^'";]*?from\s*['"]([^'"]+)['"]/gm;
const BARE_IMPORT = /^\s*import\s*['"]([^'"]+)['"]/gm;
const DYNAMIC_IMPORT = /\bimport\s*\(\s*['"]([^'"]+)['"]/g;
const NO_CODE = /`(?:\\[\s\S]|[^`\\])*`|\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;

// `#` imports resolve in this project, wherever they are written.
const { resolve: resolveOwn } = createRequire(import.meta.url);

/**
 * Follows the imports of modules through the project to the end, and stops at packages.
 *
 * @param entries absolute paths
 * @throws Error naming a module and what it imports when that does not exist
 */
export async function importClosure(entries: readonly string[], read: ReadText): Promise<ImportClosure> {
  const files = new Map<string, string>();
  const packages = new Set<string>();
  const visit = async (path: string): Promise<void> => {
    if (files.has(path)) return;
    files.set(path, ''); // set before it is read, as modules may import each other
    const text = await read(path);
    files.set(path, text);
    const imports = importsOf(path, text);
    for (const name of imports.packages) packages.add(name);
    for (const module of imports.modules) await visit(module);
  };
  for (const entry of entries) await visit(entry);
  return { files, packages };
}

/** Returns what a module itself imports: modules by absolute path, packages by name, without Node's own. */
export function importsOf(path: string, text: string): { modules: string[]; packages: string[] } {
  const specifiers = specifiersIn(text).filter((specifier) => !isBuiltin(specifier));
  const isOwn = (specifier: string) => /^[.#]/.test(specifier);
  return {
    modules: specifiers.filter(isOwn).map((specifier) => moduleOf(specifier, path)),
    packages: specifiers.filter((specifier) => !isOwn(specifier)).map(packageOf),
  };
}

/** Returns a source without its comments and template strings. */
export function codeOf(text: string): string {
  return text.replace(NO_CODE, '');
}

function specifiersIn(text: string): string[] {
  const code = codeOf(text);
  return [STATIC_IMPORT, BARE_IMPORT, DYNAMIC_IMPORT].flatMap((pattern) =>
    [...code.matchAll(pattern)].map(([, specifier]) => specifier ?? ''),
  );
}

function moduleOf(specifier: string, importer: string): string {
  const path = specifier.startsWith('#') ? resolveOwn(specifier) : resolve(dirname(importer), specifier);
  if (existsSync(path)) return path;
  throw new Error(`${importer} names ${path}, which does not exist`);
}

function packageOf(specifier: string): string {
  const parts = specifier.startsWith('@') ? 2 : 1;
  return specifier.split('/').slice(0, parts).join('/');
}

import { createRequire, findPackageJSON, isBuiltin } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Reads a source file. */
export type ReadText = (path: string) => Promise<string>;

/** What modules are made of, as far as they are loaded at run time. */
export interface ImportClosure {
  /** Text of each source file by its absolute path. */
  files: Map<string, string>;
  /** The `package.json` of each package that one of them imports. */
  packages: Set<string>;
}

// Of a source without comments and template strings: `import type` and `export type` are gone when it runs.
const STATIC_IMPORT = /^\s*(?:import|export)\s(?!type\b)[^'";]*?from\s*['"]([^'"]+)['"]/gm;
const BARE_IMPORT = /^\s*import\s*['"]([^'"]+)['"]/gm;
const DYNAMIC_IMPORT = /\bimport\s*\(\s*['"]([^'"]+)['"]/g;
const NO_CODE = /`(?:\\[\s\S]|[^`\\])*`|\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;

/**
 * Follows the imports of modules through the project, and stops at packages.
 *
 * @param entries absolute paths
 * @throws Error when an import leads nowhere
 */
export async function importClosure(entries: readonly string[], read: ReadText): Promise<ImportClosure> {
  const files = new Map<string, string>();
  const packages = new Set<string>();
  const visit = async (path: string): Promise<void> => {
    if (files.has(path)) return;
    files.set(path, ''); // before it is read: modules may import each other
    const text = await read(path);
    files.set(path, text);
    for (const specifier of importsOf(text)) {
      if (isBuiltin(specifier)) continue;
      if (/^[.#]/.test(specifier)) await visit(createRequire(path).resolve(specifier));
      else packages.add(packageOf(specifier, path));
    }
  };
  for (const entry of entries) await visit(entry);
  return { files, packages };
}

function importsOf(source: string): string[] {
  const code = source.replace(NO_CODE, '');
  return [STATIC_IMPORT, BARE_IMPORT, DYNAMIC_IMPORT].flatMap((pattern) =>
    [...code.matchAll(pattern)].map(([, specifier]) => specifier ?? ''),
  );
}

function packageOf(specifier: string, importer: string): string {
  const found = findPackageJSON(specifier, pathToFileURL(importer));
  if (found === undefined) throw new Error(`${importer} imports ${specifier}, whose package was not found`);
  return found;
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const STATIC_IMPORT = /(?:\bfrom|\bimport)\s*["']\.\/([\w.~-]+\.js)["']/g;
const MODULE_SCRIPT = /<script type="module" src="\/_astro\/([^"]+)"/g;

/** Returns the names of the scripts that a page runs by itself. */
export function moduleScripts(html: string): string[] {
  return [...html.matchAll(MODULE_SCRIPT)].map(([, name = '']) => name);
}

/**
 * Returns scripts with all that they import, directly or not, but not what they load later by `import()`.
 * @param dir the built site
 * @param names of files in its `_astro`
 */
export async function importedModules(dir: string, names: readonly string[]): Promise<string[]> {
  const found = new Set(names);
  for (const name of found) {
    const code = await readFile(join(dir, '_astro', name), 'utf8');
    for (const [, imported = ''] of code.matchAll(STATIC_IMPORT)) found.add(imported);
  }
  return [...found];
}

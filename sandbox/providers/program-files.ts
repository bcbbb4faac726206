import { normalize } from 'node:path';

/** Without it Node would look for one in the folders above, and take `.ts` files with `import` for CommonJS first. */
const PACKAGE_FILE = { 'package.json': '{"type":"module"}\n' };

/**
 * All files that a program's workspace gets.
 * @throws Error for a name that leads out of the workspace
 */
export function workspaceFiles(files: Readonly<Record<string, string>>): Record<string, string> {
  for (const name of Object.keys(files)) {
    if (normalize(name) !== name || name.startsWith('..') || name.startsWith('/'))
      throw new Error(`not a file name of a program: ${name}`);
  }
  return { ...files, ...PACKAGE_FILE };
}

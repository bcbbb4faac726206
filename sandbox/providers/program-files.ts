import { normalize } from 'node:path';

/** Without it Node would search the folders above, and treat `.ts` files with `import` as CommonJS first. */
const PACKAGE_FILE = { 'package.json': '{"type":"module"}\n' };

/**
 * Returns all files of a program's workspace.
 * @throws Error for a name outside the workspace
 */
export function workspaceFiles(files: Readonly<Record<string, string>>): Record<string, string> {
  for (const name of Object.keys(files)) {
    if (normalize(name) !== name || name.startsWith('..') || name.startsWith('/'))
      throw new Error(`not a valid file name of a program: ${name}`);
  }
  return { ...files, ...PACKAGE_FILE };
}

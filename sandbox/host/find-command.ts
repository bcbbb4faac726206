import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Returns the full path of a command on a search path (`config.path`), or null. */
export function findCommand(name: string, searchPath: string): string | null {
  for (const folder of searchPath.split(delimiter)) {
    const candidate = join(folder, name);
    if (folder && isExecutable(candidate)) return candidate;
  }
  return null;
}

/** Returns whether a file may be executed. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

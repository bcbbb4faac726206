import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

/**
 * Returns the path of a file as a process whose working directory is `dir` sees it. The kernel walks `..` up the real folders, so where
 * a folder above is a link, a path between the two names would lead elsewhere.
 */
export function seenFrom(dir: string, path: string): string {
  return relative(realFolder(dir), path);
}

/** Returns where a folder really is, or will be. */
function realFolder(dir: string): string {
  try {
    return realpathSync(dir);
  } catch {
    return dir === dirname(dir) ? dir : join(realFolder(dirname(dir)), basename(dir));
  }
}

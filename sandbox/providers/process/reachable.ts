import { statSync } from 'node:fs';
import { chmod, cp, mkdir, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Returns a path by which any user can read the given file or folder: its own, or that of a copy below `base` when a folder above it is
 * closed to other users, as root's home is.
 */
export async function readableByAll(path: string, base: string): Promise<string> {
  if (isReadableByAll(path)) return path;
  const folder = join(base, 'shared');
  const copy = join(folder, basename(path));
  await mkdir(folder, { recursive: true });
  await cp(path, copy, { recursive: true, dereference: true });
  await openToAll(folder);
  return copy;
}

/** Restores the read permissions that the umask removed. */
async function openToAll(path: string): Promise<void> {
  const isFolder = statSync(path).isDirectory();
  await chmod(path, 0o755);
  if (isFolder) for (const name of await readdir(path)) await openToAll(join(path, name));
}

function isReadableByAll(path: string): boolean {
  const OTHERS_READ = 0o4;
  const OTHERS_ENTER = 0o1;
  if ((statSync(path).mode & OTHERS_READ) === 0) return false;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & OTHERS_ENTER) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

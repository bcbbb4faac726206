import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** Returns the text of every file below a folder, by its path from there with forward slashes, sorted; empty when the folder is missing. */
export async function readFolder(dir: string): Promise<Record<string, string>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(emptyWhenMissing);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    paths.sort().map(async (path) => [relative(dir, path).replaceAll(sep, '/'), await readFile(path, 'utf8')] as const),
  );
  return Object.fromEntries(texts);
}

/** Returns the folders in a folder whose names begin with a number, in that order: `01-append` is `{ slug: 'append' }`. */
export async function numberedFolders(dir: string): Promise<{ name: string; slug: string }[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && /^\d+-/.test(entry.name))
    .map((entry) => ({ name: entry.name, slug: entry.name.replace(/^\d+-/, '') }))
    .sort((left, right) => Number.parseInt(left.name, 10) - Number.parseInt(right.name, 10));
}

/** Returns the SHA-256 over names and texts, in hexadecimal. */
export function hashFiles(files: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256');
  for (const [name, text] of Object.entries(files)) hash.update(`${name}\0${text.length}\0${text}\0`);
  return hash.digest('hex');
}

function emptyWhenMissing(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

import { readFile, stat } from 'node:fs/promises';
import type { Exercise } from './catalog.ts';
import { readFolder } from './folder.ts';

/**
 * Reads the program at a path: a file is the exercise's first editable file; of a folder the editable files are taken.
 *
 * @param path absolute
 * @returns text by name of the file; null when nothing is at the path
 */
export async function readProgram(path: string, { spec }: Pick<Exercise, 'spec'>): Promise<Record<string, string> | null> {
  const found = await stat(path).catch(() => null);
  if (!found) return null;
  const [entry = 'main.ts'] = spec.files;
  const all = found.isDirectory() ? await readFolder(path) : { [entry]: await readFile(path, 'utf8') };
  return Object.fromEntries(Object.entries(all).filter(([name]) => spec.files.includes(name)));
}

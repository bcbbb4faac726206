import { readFile, stat } from 'node:fs/promises';
import type { Exercise } from './catalog.ts';
import { readFolder } from './folder.ts';

/**
 * Reads the program at a path: a file becomes the exercise's first editable file; a folder provides the editable files.
 *
 * @param path absolute
 * @returns text by file name; null when nothing exists at the path
 */
export async function readProgram(path: string, { spec }: Pick<Exercise, 'spec'>): Promise<Record<string, string> | null> {
  const found = await stat(path).catch(() => null);
  if (!found) return null;
  const [entry = 'main.ts'] = spec.files;
  const all = found.isDirectory() ? await readFolder(path) : { [entry]: await readFile(path, 'utf8') };
  return Object.fromEntries(Object.entries(all).filter(([name]) => spec.files.includes(name)));
}

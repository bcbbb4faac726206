import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { readFolder } from '#sandbox/catalog/folder.ts';
import { filesSchema } from '#sandbox/protocol/identifiers.ts';
import { UsageError } from './usage.ts';

/**
 * What a learner hands in: a file stands for the exercise's first editable file; of a folder the editable files are taken.
 *
 * @param path absolute
 * @throws UsageError when nothing is there that the exercise lets one edit
 */
export async function readSubmitted(
  path: string,
  { spec, lesson }: Pick<Exercise, 'spec' | 'lesson'>,
): Promise<Record<string, string>> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new UsageError(`there is nothing at ${path}`);
  const [entry = 'main.ts'] = spec.files;
  const all = found.isDirectory() ? await readFolder(path) : { [entry]: await readFile(path, 'utf8') };
  const files = Object.fromEntries(Object.entries(all).filter(([name]) => spec.files.includes(name)));
  if (Object.keys(files).length === 0)
    throw new UsageError(`${path} holds none of the files of ${lesson}: ${spec.files.join(', ')}`);
  const parsed = filesSchema.safeParse(files);
  if (!parsed.success) throw new UsageError(`${path}: ${parsed.error.issues[0]?.message}`);
  return parsed.data;
}

/** The same for a program of a lesson's folder: `wrong/no-key.ts` or the folder `solution`. */
export function readProgram(exercise: Exercise, name: string): Promise<Record<string, string>> {
  return readSubmitted(join(exercise.dir, name), exercise);
}

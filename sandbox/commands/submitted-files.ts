import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { readProgram } from '#sandbox/catalog/read-program.ts';
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
  const files = await readProgram(path, { spec });
  if (!files) throw new UsageError(`there is nothing at ${path}`);
  if (Object.keys(files).length === 0)
    throw new UsageError(`${path} holds none of the files of ${lesson}: ${spec.files.join(', ')}`);
  const parsed = filesSchema.safeParse(files);
  if (!parsed.success) throw new UsageError(`${path}: ${parsed.error.issues[0]?.message}`);
  return parsed.data;
}

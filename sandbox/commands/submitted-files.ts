import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { readProgram } from '#sandbox/catalog/read-program.ts';
import { filesSchema } from '#sandbox/protocol/identifiers.ts';
import { UsageError } from './usage.ts';

/**
 * Reads what a learner submits: a file becomes the exercise's first editable file; a folder provides the editable files.
 *
 * @param path absolute
 * @throws UsageError when the path holds none of the exercise's editable files
 */
export async function readSubmitted(
  path: string,
  { spec, lesson }: Pick<Exercise, 'spec' | 'lesson'>,
): Promise<Record<string, string>> {
  const files = await readProgram(path, { spec });
  if (!files) throw new UsageError(`nothing exists at ${path}`);
  if (Object.keys(files).length === 0)
    throw new UsageError(`${path} holds none of the files of ${lesson}: ${spec.files.join(', ')}`);
  const parsed = filesSchema.safeParse(files);
  if (!parsed.success) throw new UsageError(`${path}: ${parsed.error.issues[0]?.message}`);
  return parsed.data;
}

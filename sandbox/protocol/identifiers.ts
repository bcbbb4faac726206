import { z } from 'zod';

/** `module/slug`, both kebab-case: `log/append`. */
export const lessonIdSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(120);

/** Ids of runs, submissions and learners: random, never sequential. */
export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** Relative path of a file inside an exercise, with forward slashes. */
export const fileNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._/-]{0,99}$/)
  .refine((name) => !name.includes('..'), 'must not contain ".."');

/** Most bytes (UTF-8) that all files of one draft, run or submission may have together. */
export const MAX_FILES_BYTES = 256 * 1024;

/** A learner's files by name. The server also checks that each is one of the exercise's editable files. */
export const filesSchema = z
  .record(fileNameSchema, z.string())
  .refine((files) => byteLength(files) <= MAX_FILES_BYTES, `all files together must not exceed ${MAX_FILES_BYTES} bytes`);

export type Files = z.infer<typeof filesSchema>;

function byteLength(files: Record<string, string>): number {
  return Object.values(files).reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0);
}

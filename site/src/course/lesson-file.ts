import { root } from 'astro:config/server';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { CourseLesson } from './course.ts';

/**
 * Returns the text of a file in a lesson's folder, at build time.
 * @throws Error when the file is missing, or is a grader, an alternate or a wrong program: these never reach a page
 */
export async function readLessonFile(lesson: CourseLesson, path: string): Promise<string> {
  if (!/^(starter|solution)\/[a-z0-9][a-z0-9._/-]*$/.test(path) || path.includes('..')) {
    throw new Error(`${lesson.id}: "${path}" cannot be shown. Hint: name a file below starter/ or solution/.`);
  }
  try {
    return await readFile(fileURLToPath(new URL(`${lesson.dir}/${path}`, root)), 'utf8');
  } catch (cause) {
    throw new Error(`${lesson.id}: ${path} cannot be read. Hint: add it to ${lesson.dir}.`, { cause });
  }
}

/**
 * The published lessons as pages see them: modules in folder order, each lesson with its mark (A1) and its folder.
 */

import { type CollectionEntry, getCollection } from 'astro:content';
import { dirname } from 'node:path';
import type { ExerciseSpec, FrontMatter, ModuleMeta } from '#lessons/schema.ts';

export interface CourseLesson {
  /** `log/append` */
  id: string;
  /** Module letter and place: `A1`. */
  mark: string;
  href: string;
  /** Title of its module. */
  module: string;
  frontMatter: FrontMatter;
  /** Null when the lesson has only text. */
  exercise: ExerciseSpec | null;
  /** Folder of the lesson, relative to site/. */
  dir: string;
  entry: CollectionEntry<'lessons'>;
}

export interface CourseModule {
  slug: string;
  meta: ModuleMeta;
  lessons: CourseLesson[];
}

/** @throws Error naming the lesson when its module has no module.yaml, or when it requires a lesson that is not published */
export async function loadCourse(): Promise<CourseModule[]> {
  const [modules, lessons, exercises] = await Promise.all([
    getCollection('modules'),
    getCollection('lessons', ({ data }) => data.status === 'published'),
    getCollection('exercises'),
  ]);
  checkReferences(modules, lessons);
  const specs = new Map(exercises.map(({ id, data }) => [id, data]));
  return modules
    .sort(byFolder)
    .map(({ id: slug, data: meta }) => ({
      slug,
      meta,
      lessons: lessons
        .filter(({ id }) => id.startsWith(`${slug}/`))
        .sort(byFolder)
        .map((entry, index) => ({
          id: entry.id,
          mark: `${meta.letter}${index + 1}`,
          href: `/lessons/${entry.id}/`,
          module: meta.title,
          frontMatter: entry.data,
          exercise: specs.get(entry.id) ?? null,
          dir: dirname(entry.filePath ?? ''),
          entry,
        })),
    }))
    .filter((module) => module.lessons.length > 0);
}

function byFolder(a: { filePath?: string }, b: { filePath?: string }): number {
  return (a.filePath ?? '').localeCompare(b.filePath ?? '', 'en', { numeric: true });
}

function checkReferences(modules: CollectionEntry<'modules'>[], lessons: CollectionEntry<'lessons'>[]): void {
  const moduleSlugs = new Set(modules.map(({ id }) => id));
  const lessonIds = new Set(lessons.map(({ id }) => id));
  for (const { id, data, filePath } of lessons) {
    if (!moduleSlugs.has(id.split('/')[0] ?? '')) throw new Error(`${filePath}: its folder has no module.yaml. Hint: add one.`);
    const missing = data.requires.find((required) => !lessonIds.has(required));
    if (missing)
      throw new Error(`${filePath}: requires ${missing}, which is not a published lesson. Hint: correct or publish it.`);
  }
}

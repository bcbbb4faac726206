import type { Lesson, LessonProblem, Module } from './catalog.ts';

/**
 * Returns the lessons that require a lesson that does not exist, or, directly or not, themselves.
 *
 * @param broken ids of lessons and modules that could not be read: they exist, so requiring them is not a mistake
 */
export function requirementProblems(modules: readonly Module[], broken: readonly string[]): LessonProblem[] {
  const lessons = new Map(modules.flatMap((module) => module.lessons).map((lesson) => [lesson.id, lesson]));
  const exists = (id: string) => lessons.has(id) || broken.some((one) => id === one || id.startsWith(`${one}/`));
  return [...lessons.values()].flatMap((lesson) => {
    const unknown = lesson.frontMatter.requires.find((id) => !exists(id));
    if (unknown !== undefined) return problem(lesson, `expected ids of existing lessons, found "${unknown}"`);
    const cycle = findCycle(lesson, lessons);
    return cycle ? problem(lesson, `expected no circle, found ${cycle.join(' -> ')}`) : [];
  });
}

function problem({ id }: Lesson, what: string): LessonProblem[] {
  return [{ lesson: id, file: `${id}/index.mdx`, message: `lessons/${id}/index.mdx: requires: ${what}` }];
}

function findCycle(start: Lesson, lessons: ReadonlyMap<string, Lesson>): string[] | null {
  const search = (lesson: Lesson, path: string[]): string[] | null => {
    for (const id of lesson.frontMatter.requires) {
      if (id === start.id) return [...path, id];
      const next = lessons.get(id);
      const found = next && !path.includes(id) ? search(next, [...path, id]) : null;
      if (found) return found;
    }
    return null;
  };
  return search(start, [start.id]);
}

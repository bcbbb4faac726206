import type { Catalog, Exercise } from '#sandbox/catalog/catalog.ts';

/** Returns the named lessons' exercises, in the named order; all when none is named. @throws PlatformError LESSON_NOT_FOUND */
export function chosenExercises(catalog: Catalog, names: readonly string[]): Exercise[] {
  return names.length > 0 ? names.map((lesson) => catalog.exercise(lesson)) : exercisesOf(catalog);
}

/** Returns every exercise in course order. */
export function exercisesOf({ modules }: Catalog): Exercise[] {
  return modules.flatMap(({ lessons }) => lessons).flatMap(({ exercise }) => exercise ?? []);
}

/** Returns whether a lesson exists; a broken one counts, so it keeps its record. */
export function knownTo(catalog: Catalog): (lesson: string) => boolean {
  const sound = exercisesOf(catalog).map(({ lesson }) => lesson);
  return (lesson) =>
    sound.includes(lesson) || catalog.problems.some((one) => lesson === one.lesson || lesson.startsWith(`${one.lesson}/`));
}

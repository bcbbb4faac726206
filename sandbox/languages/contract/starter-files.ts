import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { WrittenExercise } from './exercise.ts';

/** Files of `starter/` that learners cannot edit. */
export function starterOnly({ spec, starter }: WrittenExercise): Files {
  return Object.fromEntries(Object.entries(starter).filter(([name]) => !spec.files.includes(name)));
}

/** The learner's files in the order of the exercise; the starter's text stands in for one that is missing. */
export function editableFiles({ spec, starter }: WrittenExercise, files: Readonly<Files>): { name: string; text: string }[] {
  return spec.files.map((name) => ({ name, text: files[name] ?? starter[name] ?? '' }));
}

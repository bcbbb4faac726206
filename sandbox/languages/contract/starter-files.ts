import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { WrittenExercise } from './exercise.ts';

/** Returns the files of `starter/` that learners cannot edit. */
export function starterOnly({ spec, starter }: WrittenExercise): Files {
  return Object.fromEntries(Object.entries(starter).filter(([name]) => !spec.files.includes(name)));
}

/** Returns the learner's files in the exercise's order, with the starter's text for each missing one. */
export function editableFiles({ spec, starter }: WrittenExercise, files: Readonly<Files>): { name: string; text: string }[] {
  return spec.files.map((name) => ({ name, text: files[name] ?? starter[name] ?? '' }));
}

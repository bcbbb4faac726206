import { languages } from '#lessons/languages.ts';
import type { ExerciseSpec } from '#lessons/schema.ts';

/**
 * Names of the files that an exercise shows beside the learner's own; their text comes from the server.
 *
 * @param starter names of all files of `starter/`
 */
export function readOnlyNames({ language, files, inputs }: ExerciseSpec, starter: readonly string[]): string[] {
  const { provided, inputModules } = languages[language];
  const modules = Object.keys(inputs).filter((name) => inputs[name]?.as === 'module');
  return [...starter.filter((name) => !files.includes(name)), ...modules.map((name) => `${name}.${inputModules}`), ...provided];
}

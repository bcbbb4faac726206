import type { ExerciseSpec } from '#lessons/schema.ts';
import { languages } from '#sandbox/languages/languages.ts';

/** Returns what an exercise breaks of its language's rules, as `key: expected …, found …`; null when nothing. */
export function languageProblem(spec: ExerciseSpec): string | null {
  return foreignKey(spec) ?? languages[spec.language].check(spec);
}

/** Returns the problem of a key that only other languages have; null when there is none. */
function foreignKey(spec: ExerciseSpec): string | null {
  const all = Object.entries(languages);
  const foreign = all.flatMap(([, { ownKeys }]) => ownKeys).filter((key) => !languages[spec.language].ownKeys.includes(key));
  const key = foreign.find((name) => spec[name] !== undefined);
  if (key === undefined) return null;
  const having = all.filter(([, { ownKeys }]) => ownKeys.includes(key)).map(([name]) => name);
  return `${key}: only allowed for ${having.join(', ')}, found language "${spec.language}"`;
}

import type { ExerciseSpec } from '#lessons/schema.ts';
import { languages } from '#sandbox/languages/languages.ts';

/** What the language of an exercise forbids in it, as `key: expected …, found …`; null when all is well. */
export function languageProblem(spec: ExerciseSpec): string | null {
  return foreignKey(spec) ?? languages[spec.language].check(spec);
}

/** A key that only other languages have. */
function foreignKey(spec: ExerciseSpec): string | null {
  const all = Object.entries(languages);
  const foreign = all.flatMap(([, { ownKeys }]) => ownKeys).filter((key) => !languages[spec.language].ownKeys.includes(key));
  const key = foreign.find((name) => spec[name] !== undefined);
  if (key === undefined) return null;
  const having = all.filter(([, { ownKeys }]) => ownKeys.includes(key)).map(([name]) => name);
  return `${key}: only ${having.join(', ')} has it, found language "${spec.language}"`;
}

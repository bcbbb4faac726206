import { languages } from '#lessons/languages.ts';
import type { ExerciseSpec } from '#lessons/schema.ts';

/**
 * The most milliseconds that a Run may take. What the exercise limits is how long a program is judged: one that goes on until it is
 * stopped may be watched for longer.
 *
 * @param goingOnMs limit of what goes on
 */
export function runLimitMs({ language, limits }: Pick<ExerciseSpec, 'language' | 'limits'>, goingOnMs: number): number {
  return languages[language].goesOn ? goingOnMs : limits.runMs;
}

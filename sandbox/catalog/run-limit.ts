import { languages } from '#lessons/languages.ts';
import type { ExerciseSpec } from '#lessons/schema.ts';

/**
 * Returns the most milliseconds that a Run may take. The exercise limits how long a program is judged; one that runs until stopped may
 * be watched for longer.
 *
 * @param goingOnMs limit of programs that run until stopped
 */
export function runLimitMs({ language, limits }: Pick<ExerciseSpec, 'language' | 'limits'>, goingOnMs: number): number {
  return languages[language].goesOn ? goingOnMs : limits.runMs;
}

import { counted } from '#lessons/counted.ts';
import type { ExerciseLimits } from '#sandbox/protocol/lesson.ts';
import type { ExercisePlan } from './exercise-plan.ts';
import { duration } from './words.ts';

/** Returns how long a Run and each round of a Check may take, and how much of what they show is kept. */
export function limitsInWords(
  { language, rounds }: Pick<ExercisePlan, 'language' | 'rounds'>,
  { runMs, checkMs, outputBytes, changes }: ExerciseLimits,
): string {
  const kept =
    language.shows === 'queries'
      ? `shows the last ${counted(changes, 'change')} of a result`
      : `prints at most ${outputBytes / 1024} KiB`;
  return `A run takes at most ${duration(runMs)} and ${kept}; a check, ${duration(checkMs)} in each of ${counted(rounds, 'round')}.`;
}

/** How many checks are left, said only when it matters. Pure. */
import { counted } from '#lessons/counted.ts';
import type { ExerciseState } from './exercise-state.ts';
import { clockMinutes } from './words.ts';

/** From this many on, they are counted. */
const FEW = 3;

/**
 * Returns what to say of the checks that are left, null while there are plenty, and whether none is left at present.
 *
 * @param now ms since 1970; 0 while the page is built
 */
export function attemptsLeft(attempts: ExerciseState['attempts'], now: number): { words: string | null; isNone: boolean } {
  if (!attempts || attempts.left > FEW) return { words: null, isNone: false };
  const freeAt = attempts.freeAt === null ? null : Date.parse(attempts.freeAt);
  // What was counted at the last answer has become free since.
  const left = freeAt !== null && now >= freeAt ? Math.max(1, attempts.left) : attempts.left;
  const when = freeAt === null || now >= freeAt ? null : clockMinutes(freeAt);
  if (left === 0) return { words: when === null ? 'No check left now' : `Next check at ${when}`, isNone: true };
  return {
    words: `${counted(left, 'check')} left${when === null ? '' : `, one more at ${when}`}`,
    isNone: false,
  };
}

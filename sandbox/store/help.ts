import { type Kysely, sql } from 'kysely';
import type { Explain } from './store-error.ts';
import type { Tables } from './tables.ts';

/** What a learner has been helped with in a lesson. */
export interface Help {
  hintsShown: number;
  /** When the learner first asked for the solution after the last hint, ISO; null before. */
  solutionAskedAt: string | null;
}

export interface HelpGiven {
  read(learnerId: string, lesson: string): Promise<Help>;
  /** Stores that hints were shown, and returns how many; never fewer than before. */
  showHints(learnerId: string, lesson: string, shown: number, now: Date): Promise<number>;
  /** Stores when the learner asked for the solution, and returns the first time of that. Hints must have been shown before. */
  askSolution(learnerId: string, lesson: string, now: Date): Promise<string | null>;
}

const NONE: Help = { hintsShown: 0, solutionAskedAt: null };

export function helpIn(db: Kysely<Tables>, explain: Explain): HelpGiven {
  async function read(learnerId: string, lesson: string): Promise<Help> {
    const row = await db
      .selectFrom('help')
      .select(['hints_shown as hintsShown', 'solution_asked_at as solutionAskedAt'])
      .where('learner_id', '=', learnerId)
      .where('lesson', '=', lesson)
      .executeTakeFirst();
    return row ?? NONE;
  }

  async function showHints(learnerId: string, lesson: string, shown: number, now: Date): Promise<number> {
    await db
      .insertInto('help')
      .values({
        ...{ learner_id: learnerId, lesson, hints_shown: shown, hints_shown_at: now.toISOString() },
        solution_asked_at: null,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['learner_id', 'lesson'])
          .doUpdateSet({ hints_shown: shown, hints_shown_at: now.toISOString() })
          .where('help.hints_shown', '<', shown),
      )
      .execute();
    return (await read(learnerId, lesson)).hintsShown;
  }

  async function askSolution(learnerId: string, lesson: string, now: Date): Promise<string | null> {
    await db
      .updateTable('help')
      .set({ solution_asked_at: sql<string>`coalesce(solution_asked_at, ${now.toISOString()})` })
      .where('learner_id', '=', learnerId)
      .where('lesson', '=', lesson)
      .execute();
    return (await read(learnerId, lesson)).solutionAskedAt;
  }

  return {
    read: (learnerId, lesson) => explain(() => read(learnerId, lesson)),
    showHints: (learnerId, lesson, shown, now) => explain(() => showHints(learnerId, lesson, shown, now)),
    askSolution: (learnerId, lesson, now) => explain(() => askSolution(learnerId, lesson, now)),
  };
}

import type { Kysely } from 'kysely';
import { type Run, runSchema } from '#sandbox/protocol/run.ts';
import type { Explain } from './store-error.ts';
import type { Tables } from './tables.ts';

/** The last run of each learner in each lesson, as it ended. */
export interface LastRuns {
  /** Replaces the learner's earlier run of the same lesson. */
  keep(learnerId: string, run: Run, now: Date): Promise<void>;
  /** Returns null when none is kept, or when an earlier version of the server kept it in a form that can no longer be read. */
  read(learnerId: string, lesson: string): Promise<Run | null>;
}

export function lastRunsIn(db: Kysely<Tables>, explain: Explain): LastRuns {
  async function keep(learnerId: string, run: Run, now: Date): Promise<void> {
    const kept = { run: JSON.stringify(run), ended_at: now.toISOString() };
    await db
      .insertInto('last_runs')
      .values({ learner_id: learnerId, lesson: run.lesson, ...kept })
      .onConflict((conflict) => conflict.columns(['learner_id', 'lesson']).doUpdateSet(kept))
      .execute();
  }

  async function read(learnerId: string, lesson: string): Promise<Run | null> {
    const row = await db
      .selectFrom('last_runs')
      .select('run')
      .where('learner_id', '=', learnerId)
      .where('lesson', '=', lesson)
      .executeTakeFirst();
    return row ? (runSchema.safeParse(JSON.parse(row.run)).data ?? null) : null;
  }

  return {
    keep: (learnerId, run, now) => explain(() => keep(learnerId, run, now)),
    read: (learnerId, lesson) => explain(() => read(learnerId, lesson)),
  };
}

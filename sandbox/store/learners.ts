import type { Kysely } from 'kysely';
import type { Learner } from '#sandbox/protocol/learner.ts';
import type { Explain } from './store-error.ts';
import type { Tables } from './tables.ts';

export interface Learners {
  /** Creates the learner unless the id exists. */
  ensure(learner: Learner, now: Date): Promise<void>;
}

export function learnersIn(db: Kysely<Tables>, explain: Explain): Learners {
  return {
    ensure: (learner, now) =>
      explain(async () => {
        await db
          .insertInto('learners')
          .values({ ...learner, created_at: now.toISOString() })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .execute();
      }),
  };
}

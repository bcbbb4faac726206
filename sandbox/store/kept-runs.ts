import { type Kysely, sql } from 'kysely';
import { type Run, type RunSummary, runSchema, runSummarySchema } from '#sandbox/protocol/run.ts';
import type { Explain } from './store-error.ts';
import type { Tables } from './tables.ts';

/** The last runs of each learner in each lesson, as they ended. */
export interface KeptRuns {
  /** Keeps a run that has ended, once. The oldest of the lesson make room for it. */
  keep(learnerId: string, run: Run, now: Date): Promise<void>;
  /** Returns null when none is kept under this id, or when an earlier version of the server kept it in a form that can no longer be read. */
  find(learnerId: string, runId: string): Promise<Run | null>;
  /** Returns what a list needs of the runs of a lesson, newest first. */
  list(learnerId: string, lesson: string): Promise<RunSummary[]>;
}

/** Of one learner in one lesson: runs, and characters of all together; the newest is kept whatever its size. */
export const KEPT_RUNS = 10;
const KEPT_CHARACTERS = 4_000_000;

export function keptRunsIn(db: Kysely<Tables>, explain: Explain): KeptRuns {
  const runsOf = (learnerId: string) => db.selectFrom('runs').where('learner_id', '=', learnerId);

  async function keep(learnerId: string, run: Run, now: Date): Promise<void> {
    const { runId: id, lesson } = run;
    await db.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('runs')
        .values({ id, learner_id: learnerId, lesson, run: JSON.stringify(run), ended_at: now.toISOString() })
        .execute();
      const kept = await transaction
        .selectFrom('runs')
        .select(['place', sql<number>`sum(length(run)) over (order by place desc)`.as('characters')])
        .where('learner_id', '=', learnerId)
        .where('lesson', '=', lesson)
        .orderBy('place', 'desc')
        .execute();
      const tooMany = kept.filter(({ characters }, index) => index >= KEPT_RUNS || (index > 0 && characters > KEPT_CHARACTERS));
      const places = tooMany.map(({ place }) => place);
      if (places.length > 0) await transaction.deleteFrom('runs').where('place', 'in', places).execute();
    });
  }

  async function find(learnerId: string, runId: string): Promise<Run | null> {
    const row = await runsOf(learnerId).select('run').where('id', '=', runId).executeTakeFirst();
    return row ? (runSchema.safeParse(JSON.parse(row.run)).data ?? null) : null;
  }

  async function list(learnerId: string, lesson: string): Promise<RunSummary[]> {
    const rows = await runsOf(learnerId)
      .select([
        'id as runId',
        'ended_at as endedAt',
        sql<number>`run ->> '$.seed'`.as('seed'),
        sql<string>`run -> '$.result'`.as('result'),
      ])
      .select(sql<string | null>`run ->> '$.error'`.as('error'))
      .where('lesson', '=', lesson)
      .orderBy('place', 'desc')
      .execute();
    return rows.flatMap((row) => runSummarySchema.safeParse({ ...row, result: JSON.parse(row.result) }).data ?? []);
  }

  return {
    keep: (learnerId, run, now) => explain(() => keep(learnerId, run, now)),
    find: (learnerId, runId) => explain(() => find(learnerId, runId)),
    list: (learnerId, lesson) => explain(() => list(learnerId, lesson)),
  };
}

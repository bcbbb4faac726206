import { type Kysely, sql } from 'kysely';
import type { Help } from './help.ts';
import type { Tables } from './tables.ts';

/** A learner's progress in a lesson with a draft, a submission or a hint. Reports with status `error` do not count. */
export interface StoredProgress extends Help {
  lesson: string;
  /** When the learner began, ISO: the first save that is known, or the first graded check; null before. */
  startedAt: string | null;
  /** When the first submission that passed was graded, ISO; null before. */
  passedAt: string | null;
  bestScore: number | null;
  attempts: number;
}

export async function readProgress(db: Kysely<Tables>, learnerId: string): Promise<StoredProgress[]> {
  const lessonsIn = (table: 'drafts' | 'submissions' | 'help') =>
    db.selectFrom(table).select('lesson').where('learner_id', '=', learnerId);
  const judged = db
    .selectFrom('submissions')
    .innerJoin('reports', 'submission_id', 'id')
    .select(['lesson', 'score', 'status', 'submitted_at', sql<string>`report ->> '$.phases.graded'`.as('graded_at')])
    .where('learner_id', '=', learnerId)
    .where('status', '!=', 'error');
  const rows = await db
    .with('touched', () => lessonsIn('drafts').union(lessonsIn('submissions')).union(lessonsIn('help')))
    .with('judged', () => judged)
    .selectFrom('touched')
    .leftJoin('judged', 'judged.lesson', 'touched.lesson')
    .leftJoin('drafts', (join) => join.onRef('drafts.lesson', '=', 'touched.lesson').on('drafts.learner_id', '=', learnerId))
    .leftJoin('help', (join) => join.onRef('help.lesson', '=', 'touched.lesson').on('help.learner_id', '=', learnerId))
    .select(({ fn }) => [
      'touched.lesson as lesson',
      sql<
        string | null
      >`min(coalesce(min(judged.submitted_at), drafts.started_at), coalesce(drafts.started_at, min(judged.submitted_at)))`.as(
        'startedAt',
      ),
      fn.max('judged.score').as('bestScore'),
      fn.count<number>('judged.score').as('attempts'),
      sql<string | null>`min(case when judged.status = 'pass' then judged.graded_at end)`.as('passedAt'),
      fn.coalesce('help.hints_shown', sql<number>`0`).as('hintsShown'),
      'help.solution_asked_at as solutionAskedAt',
    ])
    .groupBy('touched.lesson')
    .execute();
  return rows.map((row) => ({ ...row }));
}

import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** A learner's progress in a lesson with a draft or a submission. Reports with status `error` do not count. */
export interface StoredProgress {
  lesson: string;
  passed: boolean;
  bestScore: number | null;
  attempts: number;
}

export async function readProgress(db: Kysely<Tables>, learnerId: string): Promise<StoredProgress[]> {
  const touched = db
    .selectFrom('drafts')
    .select('lesson')
    .where('learner_id', '=', learnerId)
    .union(db.selectFrom('submissions').select('lesson').where('learner_id', '=', learnerId));
  const judged = db
    .selectFrom('submissions')
    .innerJoin('reports', 'submission_id', 'id')
    .select(['lesson', 'score', 'status'])
    .where('learner_id', '=', learnerId)
    .where('status', '!=', 'error');
  const rows = await db
    .with('touched', () => touched)
    .with('judged', () => judged)
    .selectFrom('touched')
    .leftJoin('judged', 'judged.lesson', 'touched.lesson')
    .select(({ fn }) => [
      'touched.lesson as lesson',
      fn.max('judged.score').as('bestScore'),
      fn.count<number>('judged.score').as('attempts'),
      sql<number>`max(judged.status = 'pass')`.as('passed'),
    ])
    .groupBy('touched.lesson')
    .execute();
  return rows.map((row) => ({ ...row, passed: row.passed === 1 }));
}

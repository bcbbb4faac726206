import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('last_runs')
    .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
    .addColumn('lesson', 'text', (column) => column.notNull())
    .addColumn('run', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('last_runs_key', ['learner_id', 'lesson'])
    .execute();
}

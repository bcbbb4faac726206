import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('help')
    .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
    .addColumn('lesson', 'text', (column) => column.notNull())
    .addColumn('hints_shown', 'integer', (column) => column.notNull())
    .addColumn('hints_shown_at', 'text', (column) => column.notNull())
    .addColumn('solution_asked_at', 'text')
    .addPrimaryKeyConstraint('help_key', ['learner_id', 'lesson'])
    .execute();
}

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('learners')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull().check(sql`role in ('learner', 'instructor')`))
    .addColumn('created_at', 'text', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('drafts')
    .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
    .addColumn('lesson', 'text', (column) => column.notNull())
    .addColumn('files', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('saved_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('drafts_key', ['learner_id', 'lesson'])
    .execute();

  await db.schema
    .createTable('submissions')
    .addColumn('place', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
    .addColumn('lesson', 'text', (column) => column.notNull())
    .addColumn('files', 'text', (column) => column.notNull())
    .addColumn('idempotency_key', 'text')
    .addColumn('submitted_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('submissions_idempotency', ['learner_id', 'idempotency_key'])
    .execute();
  await db.schema.createIndex('submissions_of_lesson').on('submissions').columns(['learner_id', 'lesson', 'place']).execute();

  await db.schema
    .createTable('reports')
    .addColumn('submission_id', 'text', (column) => column.primaryKey().references('submissions.id'))
    .addColumn('status', 'text', (column) => column.notNull().check(sql`status in ('pass', 'fail', 'error')`))
    .addColumn('score', 'real', (column) => column.notNull())
    .addColumn('report', 'text', (column) => column.notNull())
    .addColumn('stored_at', 'text', (column) => column.notNull())
    .execute();
}

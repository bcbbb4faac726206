import { type Kysely, sql } from 'kysely';

/** Several runs of each lesson take the place of its last one, which becomes the first of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('runs')
    .addColumn('place', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
    .addColumn('lesson', 'text', (column) => column.notNull())
    .addColumn('run', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('runs_of_lesson').on('runs').columns(['learner_id', 'lesson', 'place']).execute();
  await sql`
    insert into runs (id, learner_id, lesson, run, ended_at)
    select run ->> '$.runId', learner_id, lesson, run, ended_at from last_runs where run ->> '$.runId' is not null order by ended_at
  `.execute(db);
  await db.schema.dropTable('last_runs').execute();
}

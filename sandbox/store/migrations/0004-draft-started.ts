import type { Kysely } from 'kysely';

/** When a draft was first saved; null for one that is older than this column. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('drafts').addColumn('started_at', 'text').execute();
}

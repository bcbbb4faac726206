import type { Migration } from 'kysely/migration';
import * as firstTables from './0001-first-tables.ts';

/** Every migration in its order. A published one is never changed: the next change of the tables is a new file. */
export const migrations: Record<string, Migration> = {
  '0001-first-tables': firstTables,
};

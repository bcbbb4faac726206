import type { Migration } from 'kysely/migration';
import * as firstTables from './0001-first-tables.ts';
import * as lastRuns from './0002-last-runs.ts';
import * as help from './0003-help.ts';
import * as draftStarted from './0004-draft-started.ts';
import * as runs from './0005-runs.ts';

/** Every migration, in order. A published one never changes: the next change to the tables is a new file. */
export const migrations: Record<string, Migration> = {
  '0001-first-tables': firstTables,
  '0002-last-runs': lastRuns,
  '0003-help': help,
  '0004-draft-started': draftStarted,
  '0005-runs': runs,
};

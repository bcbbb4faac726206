/**
 * What must outlive the server: learners, drafts, submissions and their reports, the last runs of each lesson, and the help that was given. Progress is derived, never stored.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { type Drafts, draftsIn } from './drafts.ts';
import { type HelpGiven, helpIn } from './help.ts';
import { type KeptRuns, keptRunsIn } from './kept-runs.ts';
import { type Learners, learnersIn } from './learners.ts';
import { migrations } from './migrations/all.ts';
import { failWhenLocked, nodeSqliteDialect, openSqlite } from './sqlite.ts';
import { type Explain, explainStoreError } from './store-error.ts';
import { type Submissions, submissionsIn } from './submissions.ts';
import type { Tables } from './tables.ts';
import { waitForLock } from './wait-for-lock.ts';

export interface Store extends AsyncDisposable {
  learners: Learners;
  drafts: Drafts;
  submissions: Submissions;
  runs: KeptRuns;
  help: HelpGiven;
}

/**
 * Opens the database and brings its tables up to date.
 *
 * @throws PlatformError STORE_UNAVAILABLE when the file is damaged or cannot be written, DISK_FULL, STORE_BUSY
 */
export async function openStore(file: string): Promise<Store> {
  const db = await explaining(file, async () => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const database = openSqlite(file);
    const kysely = new Kysely<Tables>({ dialect: nodeSqliteDialect(database) });
    await migrate(kysely);
    failWhenLocked(database);
    return kysely;
  });
  const explain: Explain = (work) => waitForLock(() => explaining(file, work));
  return {
    learners: learnersIn(db, explain),
    drafts: draftsIn(db, explain),
    submissions: submissionsIn(db, explain),
    runs: keptRunsIn(db, explain),
    help: helpIn(db, explain),
    [Symbol.asyncDispose]: () => db.destroy(),
  };
}

async function explaining<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explainStoreError(error, file);
  }
}

async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (!error) return;
  await db.destroy();
  throw error;
}

import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { type Dialect, SqliteAdapter, type SqliteDatabase, SqliteDialect } from 'kysely';

/** Opens or creates a database file that keeps every acknowledged commit through `kill -9` and a power cut. */
export function openSqlite(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5000, enableForeignKeyConstraints: true });
  database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=16777216');
  return database;
}

/** From here on a locked database fails at once: while SQLite waits, so does the whole process. */
export function failWhenLocked(database: DatabaseSync): void {
  database.exec('PRAGMA busy_timeout=0');
}

/** Adapts `node:sqlite` to better-sqlite3, which Kysely's SqliteDialect is written for. */
export function nodeSqliteDialect(database: DatabaseSync): Dialect {
  const adapted: SqliteDatabase = {
    close: () => database.close(),
    prepare(sql) {
      // SQLite rolls back automatically when the disk is full; a second rollback would hide why behind "no transaction is active".
      if (sql === 'rollback' && !database.isTransaction) return NOTHING_TO_DO;
      const statement = database.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters.map(toSqlite)),
        run: (parameters) => statement.run(...parameters.map(toSqlite)),
        iterate: (parameters) => statement.iterate(...parameters.map(toSqlite)),
      };
    },
  };
  return new NodeSqliteDialect({ database: adapted });
}

const NOTHING_TO_DO: ReturnType<SqliteDatabase['prepare']> = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
};

class NodeSqliteDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

/** SQLite rolls DDL back like any statement, so an interrupted migration leaves the old schema, never half of the new one. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function toSqlite(value: unknown): SQLInputValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' || value instanceof Uint8Array)
    return value;
  throw new TypeError(`SQLite cannot store a ${typeof value}`);
}

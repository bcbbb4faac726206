import { PlatformError } from '#sandbox/errors.ts';

// https://www.sqlite.org/rescode.html; the low byte of an extended code is its primary code.
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

/** Runs a piece of work on the database and explains its failures. */
export type Explain = <T>(work: () => Promise<T>) => Promise<T>;

/** Returns an error that tells the user what a failed statement means; any other error comes back unchanged. */
export function explainStoreError(error: unknown, file: string): unknown {
  const code = sqliteCode(error) ?? systemCode(error);
  if (code === null) return error;
  if (code === BUSY || code === LOCKED) return locked(file, error);
  if (code === FULL || code === IOERR) return diskFull(file, error);
  if (code === CORRUPT || code === NOTADB) return damaged(file, error);
  if (code === READONLY || code === CANTOPEN) return notWritable(file, error);
  return error;
}

function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}

/** Returns SQLite's code for an error of creating the folder. */
function systemCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  if (error.code === 'ENOSPC') return FULL;
  return ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(String(error.code)) ? CANTOPEN : null;
}

function locked(file: string, cause: unknown): PlatformError {
  return new PlatformError(
    'STORE_BUSY',
    {
      message: 'Nothing was stored: another program has locked the database.',
      hint: `Try again in some seconds; the editor's text stays in this browser and is stored as soon as the lock ends. \`fuser ${file}\` names the programs that have it open.`,
      retryAfterSeconds: 2,
    },
    { cause },
  );
}

function diskFull(file: string, cause: unknown): PlatformError {
  return new PlatformError(
    'DISK_FULL',
    {
      message: 'Nothing was stored: the disk with the database is full or cannot be written.',
      hint: `Free some space on the disk with ${file}. The editor's text stays in this browser and is stored as soon as there is room.`,
    },
    { cause },
  );
}

function damaged(file: string, cause: unknown): PlatformError {
  return new PlatformError(
    'STORE_UNAVAILABLE',
    {
      message: `The database ${file} is damaged: it is not a SQLite database, or parts of it cannot be read.`,
      hint: `Restore a backup, or start with an empty database: move ${file} and its -wal and -shm files away (drafts and reports go with them).`,
    },
    { cause },
  );
}

function notWritable(file: string, cause: unknown): PlatformError {
  return new PlatformError(
    'STORE_UNAVAILABLE',
    {
      message: `The database ${file} cannot be opened for writing.`,
      hint: 'Let the user that runs the server write this file and its folder, or set STREAMWRIGHT_HOME to a folder that it may write.',
    },
    { cause },
  );
}

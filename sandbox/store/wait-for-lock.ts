import { setTimeout as delay } from 'node:timers/promises';
import { PlatformError } from '#sandbox/errors.ts';

/** For how long a short lock is waited for, as that of a backup; a caller who waits longer is told. */
const LIMIT_MS = 2000;
const PAUSE_MS = 50;

/**
 * Does a piece of work on the database, again and again while another program has locked it. SQLite's own wait would hold up the whole
 * server. A statement or transaction that met a lock has changed nothing, so it can be repeated.
 * @throws PlatformError STORE_BUSY after two seconds
 */
export async function waitForLock<T>(work: () => Promise<T>): Promise<T> {
  for (const end = performance.now() + LIMIT_MS; ; ) {
    try {
      return await work();
    } catch (error) {
      const isBusy = error instanceof PlatformError && error.code === 'STORE_BUSY';
      if (!isBusy || performance.now() > end) throw error;
      await delay(PAUSE_MS);
    }
  }
}

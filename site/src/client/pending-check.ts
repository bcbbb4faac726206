/** A check that was sent and not answered yet, kept in this browser: a page that was closed meanwhile sends it again, with the same key. */
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { DraftStorage } from './drafts/local-draft.ts';

export interface PendingCheck {
  /** Idempotency key: however often it is sent, the server accepts it once. */
  key: string;
  files: Files;
  /** When Check was pressed, ms since 1970. */
  at: number;
}

/** A check that was pressed longer ago than this is not sent: the learner no longer expects it. */
const EXPECTED_MS = 10 * 60_000;

export function openPendingCheck(storage: DraftStorage, lesson: string) {
  const name = `streamwright:check:${lesson}`;

  function stored(): PendingCheck | null {
    try {
      return JSON.parse(storage.getItem(name) ?? 'null');
    } catch {
      return null;
    }
  }

  return {
    /** Does nothing in a browser that stores nothing. */
    keep(pending: PendingCheck): void {
      try {
        storage.setItem(name, JSON.stringify(pending));
      } catch {
        // Then only this page knows of it.
      }
    },
    /** Forgets a check, unless another tab has sent one since. */
    forget(key: string): void {
      if (stored()?.key === key) storage.removeItem(name);
    },
    read(now: number): PendingCheck | null {
      const kept = stored();
      return kept && now - kept.at < EXPECTED_MS ? kept : null;
    },
  };
}

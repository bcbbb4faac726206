import type { Draft } from '#sandbox/protocol/draft.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import { type LocalDraft, sameFiles } from './local-draft.ts';

/**
 * Compares this browser's draft with the server's: `settled` when they are the same, `save` ours (on top of the server's version),
 * `adopt` theirs, or show both as a `conflict` because each has text that the other lacks.
 *
 * @param starter the files before any edit
 */
export function compareDrafts(ours: LocalDraft, stored: Draft, starter: Files): 'settled' | 'save' | 'adopt' | 'conflict' {
  const theirs = stored.version > 0 ? stored.files : starter;
  if (sameFiles(theirs, ours.files)) return 'settled';
  // A smaller version means that the server has lost what it acknowledged, e.g. with its database: it gets our text back.
  if (stored.version <= ours.base) return 'save';
  if (!ours.dirty) return 'adopt';
  return ours.sent.some((sent) => sameFiles(sent, theirs)) ? 'save' : 'conflict';
}

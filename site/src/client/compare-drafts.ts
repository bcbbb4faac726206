import type { Draft } from '#sandbox/protocol/draft.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import { type LocalDraft, sameFiles } from './local-draft.ts';

/**
 * What to do with a draft of this browser and the one on the server: `settled` when they are the same, `save` ours (on the server's
 * version), `adopt` theirs, or show both as a `conflict` because each holds something that the other does not.
 *
 * @param starter what stands in the files when nobody has typed
 */
export function compareDrafts(ours: LocalDraft, stored: Draft, starter: Files): 'settled' | 'save' | 'adopt' | 'conflict' {
  const theirs = stored.version > 0 ? stored.files : starter;
  if (sameFiles(theirs, ours.files)) return 'settled';
  // A smaller version is a server that has lost what it acknowledged, e.g. a new database: it gets our text back.
  if (stored.version <= ours.base) return 'save';
  if (!ours.dirty) return 'adopt';
  return ours.sent.some((sent) => sameFiles(sent, theirs)) ? 'save' : 'conflict';
}

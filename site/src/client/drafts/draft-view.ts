/** What the page shows of a draft. */
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { Problem } from '../api/problem.ts';
import type { Aside, KeptText } from './local-draft.ts';

export type DraftStatus =
  | { kind: 'untouched' }
  /** In this browser; when saving on the server failed, `problem` says why. */
  | { kind: 'kept'; problem: Problem | null }
  | { kind: 'saved'; at: number }
  /** Neither in this browser nor on the server. */
  | { kind: 'unkept'; problem: Problem | null };

export interface DraftView {
  status: DraftStatus;
  /** The other text: from the server, with its version, or from another tab of this browser. */
  conflict: { files: Files; version: number | null; at: number } | null;
  /** The text that was replaced last, offered until it is dismissed. */
  aside: Aside | null;
  /** Texts that were replaced in this browser, newest first. */
  kept: readonly KeptText[];
}

import type { Proof } from './record.ts';

/** What has changed since a lesson's last recorded proof; `unrecorded` when there is none. */
export type Change = 'unrecorded' | 'folder' | 'common' | 'nothing';

/** Compares a lesson with its recorded proof. A changed folder takes precedence over changed common ground. */
export function changeSince(proof: Proof | undefined, now: Pick<Proof, 'folder' | 'common'>): Change {
  if (!proof) return 'unrecorded';
  if (proof.folder !== now.folder) return 'folder';
  return proof.common === now.common ? 'nothing' : 'common';
}

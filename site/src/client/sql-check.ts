/** Has Flink check the statements while the learner types. Time and server are passed in. */

import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { SqlChecked, SqlError } from '#sandbox/protocol/sql.ts';
import type { Waiting } from '#sandbox/protocol/waiting.ts';
import type { Outcome } from './api/problem.ts';

/** Pause after the last keystroke. */
const QUIET_MS = 400;
/** Pause between tries while no Flink is available. */
const AGAIN_MS = 2_500;
/** Five minutes; a keystroke starts over. */
const MOST_TRIES = 120;

const FLINK: Waiting = { for: 'flink', position: null, progress: null };

export interface SqlCheckOptions {
  files: () => Files;
  ask: (files: Files) => Promise<Outcome<SqlChecked>>;
  later: (ms: number, run: () => void) => () => void;
  /** Called after each check. While nothing can be checked, `awaiting` says what is missing and `errors` is empty. */
  onChecked: (found: { awaiting: Waiting | null; errors: readonly SqlError[] }) => void;
}

/** @returns a function to call at the start and after each change of the text */
export function createSqlCheck({ files, ask, later, onChecked }: SqlCheckOptions): () => void {
  let turn = 0;
  let cancel: () => void = () => undefined;

  async function check(asked: number, tries: number): Promise<void> {
    const outcome = await ask(files());
    // The text has changed since, so this result is out of date.
    if (asked !== turn) return;
    if (outcome.ok)
      onChecked(
        outcome.value.checked ? { ...outcome.value, awaiting: null } : { awaiting: outcome.value.awaiting ?? FLINK, errors: [] },
      );
    const isOpen = outcome.ok ? !outcome.value.checked : outcome.problem.code === 'OFFLINE';
    if (isOpen && tries < MOST_TRIES) cancel = later(AGAIN_MS, () => void check(asked, tries + 1));
  }

  return () => {
    turn++;
    const asked = turn;
    cancel();
    cancel = later(QUIET_MS, () => void check(asked, 1));
  };
}

/** Asks Flink, while the learner types, what is wrong with the statements. Time and server come in. */
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { SqlChecked, SqlError } from '#sandbox/protocol/sql.ts';
import type { Outcome } from './problem.ts';

/** After the last key. */
const QUIET_MS = 400;
/** While there is no Flink to ask. */
const AGAIN_MS = 2_500;
/** Some minutes; a key asks anew. */
const MOST_TRIES = 120;

export interface SqlCheckOptions {
  files: () => Files;
  ask: (files: Files) => Promise<Outcome<SqlChecked>>;
  later: (ms: number, run: () => void) => () => void;
  /** `awaiting` says what is missing while nothing can be checked; errors are then none. */
  onChecked: (found: { awaiting: string | null; errors: readonly SqlError[] }) => void;
}

/** @returns what to call at the start and after each change of the text */
export function createSqlCheck({ files, ask, later, onChecked }: SqlCheckOptions): () => void {
  let turn = 0;
  let cancel: () => void = () => undefined;

  async function check(asked: number, tries: number): Promise<void> {
    const outcome = await ask(files());
    // Whoever has typed since wants to know of the newer text alone.
    if (asked !== turn) return;
    if (outcome.ok)
      onChecked(outcome.value.checked ? { ...outcome.value, awaiting: null } : { awaiting: words(outcome.value), errors: [] });
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

function words({ awaiting }: SqlChecked): string {
  return awaiting ?? 'Flink';
}

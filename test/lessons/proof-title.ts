import type { Change } from '#sandbox/proof/change.ts';
import type { Proof } from '#sandbox/proof/record.ts';
import type { PlannedProof } from './proof-plan.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Returns a title that says whether a lesson is proven in full or in part, by which record, and the record's age. */
export function proofTitle({ lesson, change, programs, names }: PlannedProof, proof: Proof | undefined, now: Date): string {
  const record = proof ? `its record of ${proof.date} (${age(proof, now)})` : 'no record';
  const graded = names.length === programs.length ? `all ${names.length} programs` : shown(names, programs.length);
  return `${lesson} ${OUTCOMES[change](record)}: ${graded} show what they must`;
}

const OUTCOMES: Record<Change, (record: string) => string> = {
  unrecorded: (record) => `has ${record} and is proven in full`,
  folder: (record) => `differs from ${record} and is proven in full`,
  common: (record) => `is proven in part, because the common ground differs from ${record}`,
  nothing: (record) => `is proven by ${record}`,
};

function shown(names: readonly string[], all: number): string {
  return names.length <= 3 ? names.join(', ') : `${names.length} of ${all} programs`;
}

function age({ date }: Proof, now: Date): string {
  const days = Math.floor((now.getTime() - Date.parse(date)) / DAY_MS);
  if (days < 1) return 'today';
  return days === 1 ? '1 day old' : `${days} days old`;
}

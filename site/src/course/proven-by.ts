/** What the record in `lessons/proofs.json` says of a lesson's grader. */
export interface ProvenBy {
  /** Stored programs that passed, and stored programs that failed, as each must. */
  right: number;
  wrong: number;
  /** Null when none were graded. */
  mutants: { killed: number; differing: number } | null;
}

/** Returns the sentences at the end of a lesson's text. */
export function provenText({ right, wrong, mutants }: ProvenBy): string {
  const programs = `This grader catches ${wrong} of ${wrong} wrong programs and accepts ${right} of ${right} right ones.`;
  if (!mutants) return programs;
  const { killed, differing } = mutants;
  return `${programs} Of ${differing} small changes that spoil a right program, it catches ${killed}.`;
}

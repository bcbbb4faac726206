/** What the gradings of a lesson's mutants show. */
import type { Report } from '#sandbox/protocol/report.ts';
import type { Mutant } from './mutant.ts';

/**
 * `killed`: a check failed in each grading. `survived`: it passed at least once. `refused`: it does not compile, and counts for nothing.
 * `unjudged`: a Streamwright error.
 */
export type Outcome = 'killed' | 'survived' | 'refused' | 'unjudged';

/** The diagnosis of a program that the planner refuses before anything runs. */
const REFUSED = 'SQL_REFUSED';

/** Returns what the gradings of one mutant show together. */
export function outcomeOf(reports: readonly Pick<Report, 'status' | 'checks'>[]): Outcome {
  if (reports.some(({ status }) => status === 'pass')) return 'survived';
  if (reports.length === 0 || reports.some(({ status }) => status === 'error')) return 'unjudged';
  const isRefused = ({ checks }: Pick<Report, 'checks'>) =>
    checks.some((check) => check.status === 'fail' && check.diagnosis === REFUSED);
  return reports.every(isRefused) ? 'refused' : 'killed';
}

export interface MutantVerdict {
  /** Mutants that compile. */
  mutants: number;
  killed: number;
  /** Survivors that the lesson lists, with their reason. */
  equivalent: number;
  refused: number;
  /** Survivors that the lesson does not list. */
  unexplained: Pick<Mutant, 'id' | 'diff'>[];
  unjudged: string[];
  /** Listed mutants that are killed, are refused or do not exist. */
  stale: { id: string; why: string }[];
  /** Whether every mutant is killed or explained, and nothing else is listed. */
  held: boolean;
}

/** Compares the outcomes with the mutants that the lesson lists as equivalent. */
export function verdictOf(
  results: readonly { mutant: Pick<Mutant, 'id' | 'diff'>; outcome: Outcome }[],
  equivalent: Readonly<Record<string, string>>,
): MutantVerdict {
  const having = (wanted: Outcome) => results.filter(({ outcome }) => outcome === wanted).map(({ mutant }) => mutant);
  const survived = having('survived');
  const isListed = ({ id }: Pick<Mutant, 'id'>) => Object.hasOwn(equivalent, id);
  const unexplained = survived.filter((mutant) => !isListed(mutant)).map(({ id, diff }) => ({ id, diff }));
  const unjudged = having('unjudged').map(({ id }) => id);
  const outcomes = new Map(results.map(({ mutant, outcome }) => [mutant.id, outcome]));
  const stale = Object.keys(equivalent).flatMap((id) => {
    const why = WHY_STALE[outcomes.get(id) ?? 'unknown'];
    return why === null ? [] : [{ id, why }];
  });
  return {
    mutants: results.length - having('refused').length,
    killed: having('killed').length,
    equivalent: survived.filter(isListed).length,
    refused: having('refused').length,
    ...{ unexplained, unjudged, stale },
    held: unexplained.length + unjudged.length + stale.length === 0,
  };
}

const WHY_STALE: Readonly<Record<Outcome | 'unknown', string | null>> = {
  survived: null,
  unjudged: null,
  killed: 'a check catches it',
  refused: 'it does not compile',
  unknown: 'there is no such mutant of the solution',
};

/** Returns the share of mutants that a check catches, of those that make a difference, in percent. */
export function percentKilled({ mutants, killed, equivalent }: Pick<MutantVerdict, 'mutants' | 'killed' | 'equivalent'>): number {
  return mutants === equivalent ? 100 : (100 * killed) / (mutants - equivalent);
}

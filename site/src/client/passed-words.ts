/** What the page says of a report that passed. Pure. */
import { counted } from '#lessons/counted.ts';
import type { Report } from '#sandbox/protocol/report.ts';
import type { SubmissionSummary } from '#sandbox/protocol/submission.ts';

/**
 * Returns `All 6 checks held in 2 rounds, on data that you had not seen. It took 3 checks.`
 *
 * @param list all submissions of the lesson that are known
 */
export function passedInWords(
  { submissionId, checks, rounds }: Pick<Report, 'submissionId' | 'checks' | 'rounds'>,
  list: readonly SubmissionSummary[],
): string {
  const held = `${checks.length === 1 ? 'The check' : `All ${checks.length} checks`} held in ${rounds === 1 ? 'one round' : counted(rounds, 'round')}, on data that you had not seen.`;
  const inOrder = list.toSorted((one, other) => one.submittedAt.localeCompare(other.submittedAt));
  const place = inOrder.findIndex((one) => one.submissionId === submissionId);
  if (place < 0) return held;
  const before = inOrder.slice(0, place).filter(({ result }) => result !== 'error');
  if (before.some(({ result }) => result === 'pass')) return `${held} You had passed it before.`;
  return before.length === 0 ? `${held} It took one try.` : `${held} It took ${before.length + 1} tries.`;
}

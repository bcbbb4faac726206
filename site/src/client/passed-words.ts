/** What the page says of a report that passed. Pure. */
import { counted } from '#lessons/counted.ts';
import type { Report } from '#sandbox/protocol/report.ts';
import type { SubmissionSummary } from '#sandbox/protocol/submission.ts';
import { clockMinutes } from './words.ts';

/** Work that took longer was not done in one go, so its minutes say nothing. */
const ONE_GO_MS = 3 * 3_600_000;

/**
 * Returns `All 6 checks held in 2 rounds, on data that you had not seen. It took 3 tries in 41 minutes.`
 *
 * @param list all submissions of the lesson that are known
 * @param startedAt when the learner began, ISO; null when not known
 */
export function passedInWords(
  { submissionId, checks, rounds, phases }: Pick<Report, 'submissionId' | 'checks' | 'rounds' | 'phases'>,
  list: readonly SubmissionSummary[],
  startedAt: string | null,
): string {
  const held = `${checks.length === 1 ? 'The check' : `All ${counted(checks.length, 'check')}`} held in ${rounds === 1 ? 'one round' : counted(rounds, 'round')}, on data that you had not seen.`;
  const before = checksBefore(submissionId, list);
  if (before === null) return held;
  if (before.some(({ result }) => result === 'pass')) return `${held} You had passed it before.`;
  const tries = before.length === 0 ? 'one try' : counted(before.length + 1, 'try', 'tries');
  return `${held} It took ${tries}${timeSince(startedAt, Date.parse(phases.graded))}.`;
}

/** Returns the place of a check among those that were judged, from 1; null for one that is not in the list. */
export function numberOfCheck(submissionId: string, list: readonly SubmissionSummary[]): number | null {
  const before = checksBefore(submissionId, list);
  return before && before.length + 1;
}

/** Returns `passed 14:21`, or the day when it is another one than that of `now`. */
export function passedAtInWords(passedAt: number, now: number): string {
  const day = (ms: number) => new Date(ms).toLocaleDateString('en-GB', { day: 'numeric', month: 'long' });
  return `passed ${day(passedAt) === day(now) ? clockMinutes(passedAt) : day(passedAt)}`;
}

function checksBefore(submissionId: string, list: readonly SubmissionSummary[]): SubmissionSummary[] | null {
  const inOrder = list.toSorted((one, other) => one.submittedAt.localeCompare(other.submittedAt));
  const place = inOrder.findIndex((one) => one.submissionId === submissionId);
  return place < 0 ? null : inOrder.slice(0, place).filter(({ result }) => result !== 'error');
}

function timeSince(startedAt: string | null, passedAt: number): string {
  const tookMs = startedAt === null ? Number.NaN : passedAt - Date.parse(startedAt);
  if (!(tookMs >= 0 && tookMs < ONE_GO_MS)) return '';
  return ` in ${counted(Math.max(1, Math.round(tookMs / 60_000)), 'minute')}`;
}

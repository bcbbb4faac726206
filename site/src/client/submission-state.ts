/** The learner's last submission as the page shows it, as a pure function of what the server sends. */

import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { CheckResult, Report } from '#sandbox/protocol/report.ts';
import type { Submission } from '#sandbox/protocol/submission.ts';
import type { Waiting } from '#sandbox/protocol/waiting.ts';

export interface SubmissionView {
  status: 'none' | 'sending' | 'queued' | 'grading' | 'finished';
  submissionId: string | null;
  /** Position in the queue from 1, while queued. */
  position: number | null;
  /** What the round waits for. */
  awaiting: Waiting | null;
  /** Round that is being graded, from 1. */
  round: number | null;
  /** When this status began, ms since 1970. */
  since: number;
  /** Results known so far. */
  checks: readonly CheckResult[];
  report: Report | null;
}

export const NO_SUBMISSION: SubmissionView = {
  status: 'none',
  submissionId: null,
  position: null,
  awaiting: null,
  round: null,
  since: 0,
  checks: [],
  report: null,
};

/** Returns whether there is no report yet. */
export function isGradingUnderWay({ status }: SubmissionView): boolean {
  return status === 'sending' || status === 'queued' || status === 'grading';
}

/** Returns the view after an event of this submission; events of others change nothing. */
export function submissionAfterEvent(view: SubmissionView, event: ServerEvent, now: number): SubmissionView {
  if (!('submissionId' in event) || event.submissionId !== view.submissionId || !isGradingUnderWay(view)) return view;
  switch (event.type) {
    case 'submission.queued':
      return { ...view, status: 'queued', position: event.position, since: view.status === 'queued' ? view.since : now };
    case 'submission.grading':
      // Each round judges every check again.
      return { ...view, status: 'grading', position: null, awaiting: null, round: event.round, checks: [], since: now };
    case 'submission.awaiting':
      return { ...view, status: 'grading', position: null, awaiting: event.awaiting, since: sinceOf(view, event.awaiting, now) };
    case 'check.result':
      return { ...view, checks: [...view.checks.filter(({ id }) => id !== event.check.id), event.check] };
    case 'submission.finished':
      return {
        ...view,
        status: 'finished',
        position: null,
        awaiting: null,
        since: now,
        checks: event.report.checks,
        report: event.report,
      };
  }
}

/** Returns the view for a response of `GET /api/submissions/:id`; an unchanged status keeps its time. */
export function submissionFromServer(view: SubmissionView, submission: Submission, now: number): SubmissionView {
  const { submissionId, status, position, awaiting, report } = submission;
  const same = view.submissionId === submissionId && view.status === status;
  return {
    status,
    submissionId,
    position,
    awaiting,
    report,
    round: same ? view.round : null,
    since: same ? sinceOf(view, awaiting, now) : now,
    checks: report?.checks ?? submission.checks,
  };
}

/** Returns when the current wait began; a new position in the queue and progress are the same wait. */
function sinceOf(view: SubmissionView, awaiting: Waiting | null, now: number): number {
  const isSame = view.status === 'grading' && view.awaiting?.for === awaiting?.for;
  return isSame ? view.since : now;
}

import type { SubmissionSummary } from '#sandbox/protocol/submission.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { Mark, type MarkKind } from './Mark.tsx';
import { ReportView } from './ReportView.tsx';
import { useActions, useExercise } from './use-exercise.ts';

/** All submissions of this lesson, newest first; each can be opened. */
export function EarlierChecks({ plan }: { plan: ExercisePlan }) {
  const actions = useActions();
  const earlier = useExercise(plan, (state) => state.earlier);
  const opened = useExercise(plan, (state) => state.opened);
  if (opened) {
    return (
      <>
        <p className="sum">
          <button type="button" className="btn bare" onClick={() => actions?.closeReport()}>
            ← All checks
          </button>
          <span className="note">
            {when(earlier.find(({ submissionId }) => submissionId === opened.submissionId)?.submittedAt)}
          </span>
        </p>
        {opened.problem && (
          <p className="sum fault">
            {opened.problem.message} {opened.problem.hint}
          </p>
        )}
        {opened.report && <ReportView plan={plan} report={opened.report} />}
      </>
    );
  }
  if (earlier.length === 0) {
    return <p className="sum note">Your checks and their reports appear here. You have not checked this exercise yet.</p>;
  }
  return (
    <ol className="earlier">
      {earlier.map((submission) => (
        <li key={submission.submissionId} className="check">
          <Mark kind={markOf(submission)} />
          <button type="button" className="unfold" onClick={() => void actions?.openReport(submission.submissionId)}>
            {when(submission.submittedAt)}
          </button>
          <span className="note">{words(submission, plan.checks.length)}</span>
        </li>
      ))}
    </ol>
  );
}

function markOf({ status, result }: SubmissionSummary): MarkKind {
  if (status !== 'finished' || result === null) return 'run';
  return result;
}

function words({ status, result, score }: SubmissionSummary, checks: number): string {
  if (status !== 'finished') return status === 'queued' ? 'queued' : 'in progress';
  if (result === 'error') return 'Streamwright error, no attempt used';
  return score === null ? '' : `${Math.round(score * checks)} of ${checks} passed`;
}

function when(iso: string | undefined): string {
  if (iso === undefined) return '';
  const at = new Date(iso);
  return `${at.toLocaleDateString('en-GB', { day: 'numeric', month: 'long' })}, ${at.toLocaleTimeString('en-GB')}`;
}

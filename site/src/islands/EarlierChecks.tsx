import { useState } from 'react';
import type { RunSummary } from '#sandbox/protocol/run.ts';
import type { SubmissionSummary } from '#sandbox/protocol/submission.ts';
import { checkKey, keptKey } from '../client/compare-texts.ts';
import type { KeptText } from '../client/drafts/local-draft.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { KEPT_WHY } from '../client/kept-words.ts';
import { dayAndClock, runInWords } from '../client/words.ts';
import { EarlierCode } from './EarlierCode.tsx';
import { EarlierRun } from './EarlierRun.tsx';
import { Mark, type MarkKind } from './Mark.tsx';
import { ReportView } from './ReportView.tsx';
import { useActions, useExercise } from './use-exercise.ts';

/** All submissions of this lesson, its last runs, and the texts that were replaced in this browser, newest first; each can be opened and restored. */
export function EarlierChecks({ plan }: { plan: ExercisePlan }) {
  const actions = useActions();
  const earlier = useExercise(plan, (state) => state.earlier);
  const opened = useExercise(plan, (state) => state.opened);
  const kept = useExercise(plan, (state) => state.drafts.kept);
  const runs = useExercise(plan, (state) => state.runs);
  const [openedRun, setOpenedRun] = useState<RunSummary | null>(null);
  const [openedText, setOpenedText] = useState<KeptText | null>(null);
  if (opened) {
    const summary = earlier.find(({ submissionId }) => submissionId === opened.submissionId);
    return (
      <>
        <Back title={when(summary?.submittedAt)} onBack={() => actions?.closeReport()} />
        {opened.problem && (
          <p className="sum fault">
            {opened.problem.message} {opened.problem.hint}
          </p>
        )}
        {opened.submission && <EarlierCode plan={plan} of={checkKey(opened.submissionId)} files={opened.submission.files} />}
        {opened.submission?.report && <ReportView plan={plan} report={opened.submission.report} isEarlier />}
      </>
    );
  }
  if (openedText) {
    return (
      <>
        <Back title={`${KEPT_WHY[openedText.why]} ${dayAndClock(openedText.at)}`} onBack={() => setOpenedText(null)} />
        <EarlierCode plan={plan} of={keptKey(openedText.at)} files={openedText.files} />
      </>
    );
  }
  if (openedRun) {
    return (
      <EarlierRun plan={plan} run={openedRun}>
        <Back title={`Run of ${when(openedRun.endedAt)}`} onBack={() => setOpenedRun(null)} />
      </EarlierRun>
    );
  }
  if (earlier.length + runs.length + kept.length === 0) {
    return (
      <p className="sum note">
        Your checks with their reports and your runs with their output appear here. You have not run or checked this exercise yet.
      </p>
    );
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
      {runs.map((run) => (
        <li key={run.runId} className="check">
          <Mark kind="ran" />
          <button type="button" className="unfold" onClick={() => setOpenedRun(run)}>
            {when(run.endedAt)}
          </button>
          <span className="note">{runInWords(run)}</span>
        </li>
      ))}
      {kept.map((text) => (
        <li key={`${text.at} ${text.why}`} className="check">
          <Mark kind="kept" />
          <button type="button" className="unfold" onClick={() => setOpenedText(text)}>
            {dayAndClock(text.at)}
          </button>
          <span className="note">{KEPT_WHY[text.why]}, in this browser</span>
        </li>
      ))}
    </ol>
  );
}

function Back({ title, onBack }: { title: string; onBack: () => void }) {
  return (
    <p className="sum">
      <button type="button" className="btn bare" onClick={onBack}>
        ← All
      </button>
      <span className="note">{title}</span>
    </p>
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
  return iso === undefined ? '' : dayAndClock(Date.parse(iso));
}

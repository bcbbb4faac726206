import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { Report } from '#sandbox/protocol/report.ts';
import type { SubmissionSummary } from '#sandbox/protocol/submission.ts';
import type { Problem } from './api/problem.ts';
import type { DraftView } from './drafts/draft-view.ts';
import type { ExercisePlan } from './exercise-plan.ts';
import { EMPTY_LENS, type LensView } from './lens-state.ts';
import { NO_RUN, type RunView } from './run-state.ts';
import { NO_SUBMISSION, type SubmissionView } from './submission-state.ts';

/** Everything that the islands of a lesson show. */
export interface ExerciseState {
  /** The open file. */
  file: string;
  /** Text of the read-only files; null until the server has responded. */
  readOnlyFiles: Files | null;
  /** Time limit of a Run; null until the server has responded. */
  runMs: number | null;
  drafts: DraftView;
  run: RunView;
  submission: SubmissionView;
  /** Earlier submissions, newest first. */
  earlier: readonly SubmissionSummary[];
  /** Submissions left in the current ten minutes; null until known. */
  attempts: { left: number; limit: number } | null;
  /** An earlier report that the learner opened. */
  opened: { submissionId: string; report: Report | null; problem: Problem | null } | null;
  /** Hints shown so far, and whether a check since then has unlocked the next one. */
  hints: { shown: number; next: boolean };
  lens: LensView;
  /** Why no sandbox could be prepared in advance. */
  sandboxProblem: Problem | null;
  /** Whether Tab leaves the editor. */
  tabFree: boolean;
  /** For a screen reader: what has just ended. */
  announcement: string;
}

/** Returns the state before the first request and before this browser's draft is read; the built page shows it. */
export function initialState(plan: ExercisePlan): ExerciseState {
  return {
    file: plan.editable[0] ?? '',
    readOnlyFiles: null,
    runMs: null,
    drafts: { status: { kind: 'untouched' }, conflict: null, aside: null },
    run: NO_RUN,
    submission: NO_SUBMISSION,
    earlier: [],
    attempts: null,
    opened: null,
    hints: { shown: 0, next: true },
    lens: EMPTY_LENS,
    sandboxProblem: null,
    tabFree: false,
    announcement: '',
  };
}

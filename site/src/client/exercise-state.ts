import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { Report } from '#sandbox/protocol/report.ts';
import type { SubmissionSummary } from '#sandbox/protocol/submission.ts';
import type { DraftView } from './drafts.ts';
import type { ExercisePlan } from './exercise-plan.ts';
import { EMPTY_LENS, type LensView } from './lens-state.ts';
import type { Problem } from './problem.ts';
import { NO_RUN, type RunView } from './run-state.ts';
import { NO_SUBMISSION, type SubmissionView } from './submission-state.ts';

/** Everything that the islands of a lesson show. */
export interface ExerciseState {
  /** File in front. */
  file: string;
  /** Text of the files that are not the learner's; null until the server has answered. */
  readOnlyFiles: Files | null;
  /** The most time that a Run may take; null until the server has answered. */
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
  /** Hints shown so far, and whether a check since has opened the next one. */
  hints: { shown: number; next: boolean };
  lens: LensView;
  /** Why no sandbox could be made ready ahead. */
  sandboxProblem: Problem | null;
  /** Whether Tab leaves the editor. */
  tabFree: boolean;
  /** For a screen reader: what has just ended. */
  announcement: string;
}

/** The state before the server was asked and before this browser's draft was read; what the page shows at build. */
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

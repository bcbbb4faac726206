import type { Solution } from '#sandbox/protocol/help.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { ExerciseLimits } from '#sandbox/protocol/lesson.ts';
import type { Report } from '#sandbox/protocol/report.ts';
import type { RunSummary } from '#sandbox/protocol/run.ts';
import type { Progress, Submission, SubmissionSummary } from '#sandbox/protocol/submission.ts';
import type { Problem } from './api/problem.ts';
import type { DraftView } from './drafts/draft-view.ts';
import type { ExercisePlan } from './exercise-plan.ts';
import { EMPTY_LENS, type LensView } from './lens-state.ts';
import type { NextStep } from './next-step.ts';
import { RecordLog } from './record-log.ts';
import { NO_RUN, type RunView } from './run-state.ts';
import { NO_SUBMISSION, type SubmissionView } from './submission-state.ts';

/** A report that passed; `isNews` is true while it has just come. */
export interface Passing {
  report: Report;
  isNews: boolean;
}

/** Everything that the islands of a lesson show. */
export interface ExerciseState {
  /** The open file. */
  file: string;
  /** Text of the read-only files; null until the server has responded. */
  readOnlyFiles: Files | null;
  /** Limits of time and output; null until the server has responded. */
  limits: ExerciseLimits | null;
  drafts: DraftView;
  run: RunView;
  /** The last runs of this lesson that have ended, newest first. */
  runs: readonly RunSummary[];
  submission: SubmissionView;
  /** Earlier submissions, newest first. */
  earlier: readonly SubmissionSummary[];
  /** Submissions left in the current ten minutes, and when one more becomes free; null until known. */
  attempts: { left: number; limit: number; freeAt: string | null } | null;
  /** What to continue with once this lesson is passed; null until known. */
  next: NextStep | null;
  /** Why the server refused the last check; the report before it stays. */
  refusal: Problem | null;
  /** An earlier submission that the learner opened; null until the server has responded. */
  opened: { submissionId: string; submission: Submission | null; problem: Problem | null } | null;
  /** What the server knows of the learner in this lesson; null until known. */
  progress: Progress['lessons'][number] | null;
  /** One solution, once the learner may see it and it has been read; why it could not be. */
  solution: Solution | null;
  solutionProblem: Problem | null;
  /** Texts of earlier checks that were read to be compared, by their key. */
  texts: Readonly<Record<string, Files>>;
  /** What has taken the place of the workspace for a moment. */
  interlude: 'solution' | 'passed' | null;
  /** The report that passed, once it has come on this page or was asked for. */
  passing: Passing | null;
  /** Every lesson that the learner has passed. */
  passedLessons: readonly string[];
  /** What the panel of results has in front. */
  results: 'report' | 'earlier';
  /** Since when the server has not responded, ms since 1970; null while it does. */
  lostAt: number | null;
  /** Hints shown so far, and whether a check since then has unlocked the next one. */
  hints: { shown: number; next: boolean };
  lens: LensView;
  /** Why the server did not break the run. */
  breakProblem: Problem | null;
  /** Why no sandbox could be prepared in advance. */
  sandboxProblem: Problem | null;
  /** For a screen reader: what has just ended. */
  announcement: string;
}

/** Returns the state before the first request and before this browser's draft is read; the built page shows it. */
export function initialState(plan: ExercisePlan): ExerciseState {
  return {
    file: plan.editable[0] ?? '',
    readOnlyFiles: null,
    limits: null,
    drafts: { status: { kind: 'untouched' }, conflict: null, aside: null, kept: [] },
    run: NO_RUN,
    runs: [],
    submission: NO_SUBMISSION,
    earlier: [],
    attempts: null,
    next: null,
    refusal: null,
    opened: null,
    progress: null,
    solution: null,
    solutionProblem: null,
    texts: {},
    interlude: null,
    passing: null,
    passedLessons: [],
    results: 'report',
    lostAt: null,
    hints: { shown: 0, next: true },
    lens: { ...EMPTY_LENS, records: new RecordLog(plan.colourBy) },
    breakProblem: null,
    sandboxProblem: null,
    announcement: '',
  };
}

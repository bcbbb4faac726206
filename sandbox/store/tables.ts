import type { Generated } from 'kysely';

/** The tables as the newest migration leaves them. Times are ISO strings in UTC; `files` and `report` are JSON. */
export interface Tables {
  learners: { id: string; name: string; role: 'learner' | 'instructor'; created_at: string };
  /** One row per learner and lesson; `version` counts its saves from 1. */
  drafts: { learner_id: string; lesson: string; files: string; version: number; saved_at: string; started_at: string | null };
  /** `place` is the order of acceptance; a submission without a report is not graded yet. */
  submissions: {
    place: Generated<number>;
    id: string;
    learner_id: string;
    lesson: string;
    files: string;
    idempotency_key: string | null;
    submitted_at: string;
  };
  /** The last runs per learner and lesson in the order in which they ended; `run` is JSON. */
  runs: { place: Generated<number>; id: string; learner_id: string; lesson: string; run: string; ended_at: string };
  /** One row per learner and lesson in which a hint was shown. */
  help: { learner_id: string; lesson: string; hints_shown: number; hints_shown_at: string; solution_asked_at: string | null };
  reports: { submission_id: string; status: 'pass' | 'fail' | 'error'; score: number; report: string; stored_at: string };
}

import type { Kysely } from 'kysely';
import type { Report } from '#sandbox/protocol/report.ts';
import type { SubmissionSummary } from '#sandbox/protocol/submission.ts';
import {
  type Acceptance,
  acceptSubmission,
  countedTimes,
  type NewSubmission,
  type SubmissionLimit,
} from './accept-submission.ts';
import { readProgress, type StoredProgress } from './progress.ts';
import type { Explain } from './store-error.ts';
import { listSubmissions, readSubmission, readUngraded, type StoredSubmission } from './submission-rows.ts';
import type { Tables } from './tables.ts';

export interface Submissions {
  /**
   * Stores a submission before the server answers. It is `repeated` when it is the same work with the idempotency key of an
   * earlier one, or has no key and equals one that is still being graded: a double click. It is `key-reused`, and is not stored, when it is
   * other work with the key of an earlier one.
   */
  accept(submission: NewSubmission, limit: SubmissionLimit): Promise<Acceptance>;
  read(learnerId: string, id: string): Promise<StoredSubmission | null>;
  /** Returns the newest 100 of a learner, of one lesson or of all. */
  list(learnerId: string, lesson: string | null): Promise<Omit<SubmissionSummary, 'status'>[]>;
  /** Returns how much of the limit the learner has used, and when one more becomes free; null while none is used. */
  used(learnerId: string, limit: SubmissionLimit, now: Date): Promise<{ count: number; freeAt: Date | null }>;
  /** Returns accepted submissions without a report, in arrival order. */
  ungraded(): Promise<StoredSubmission[]>;
  /** Stores a submission's only report. Returns false, and changes nothing, when it already has one. */
  storeReport(report: Report, now: Date): Promise<boolean>;
  /** Returns the learner's progress in each lesson with a draft, a submission or a hint. */
  progress(learnerId: string): Promise<StoredProgress[]>;
}

export function submissionsIn(db: Kysely<Tables>, explain: Explain): Submissions {
  return {
    accept: (submission, limit) =>
      explain(() => db.transaction().execute((transaction) => acceptSubmission(transaction, submission, limit))),
    read: (learnerId, id) => explain(() => readSubmission(db, learnerId, id)),
    list: (learnerId, lesson) => explain(() => listSubmissions(db, learnerId, lesson)),
    used: (learnerId, limit, now) =>
      explain(async () => {
        const times = await countedTimes(db, learnerId, limit, now);
        const [oldest] = times;
        return { count: times.length, freeAt: oldest ? new Date(oldest.getTime() + limit.windowMs) : null };
      }),
    ungraded: () => explain(() => readUngraded(db)),
    storeReport: (report, now) => explain(() => storeReport(db, report, now)),
    progress: (learnerId) => explain(() => readProgress(db, learnerId)),
  };
}

async function storeReport(db: Kysely<Tables>, report: Report, now: Date): Promise<boolean> {
  const { submissionId, status, score } = report;
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('reports')
    .values({ submission_id: submissionId, status, score, report: JSON.stringify(report), stored_at: now.toISOString() })
    .onConflict((conflict) => conflict.column('submission_id').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

import type { Kysely } from 'kysely';
import { type Files, filesSchema } from '#sandbox/protocol/identifiers.ts';
import type { Report } from '#sandbox/protocol/report.ts';
import type { SubmissionSummary } from '#sandbox/protocol/submission.ts';
import { readStoredReport } from './stored-report.ts';
import type { Tables } from './tables.ts';

/** A submission as the learner sent it, with its report once it exists. */
export interface StoredSubmission {
  id: string;
  learnerId: string;
  lesson: string;
  files: Files;
  submittedAt: string;
  report: Report | null;
}

const NEWEST = 100;

export async function readSubmission(db: Kysely<Tables>, learnerId: string, id: string): Promise<StoredSubmission | null> {
  const row = await submissions(db).where('learner_id', '=', learnerId).where('id', '=', id).executeTakeFirst();
  return row ? fromRow(row) : null;
}

export async function readUngraded(db: Kysely<Tables>): Promise<StoredSubmission[]> {
  const rows = await submissions(db).where('reports.report', 'is', null).orderBy('place').execute();
  return rows.map(fromRow);
}

export async function listSubmissions(
  db: Kysely<Tables>,
  learnerId: string,
  lesson: string | null,
): Promise<Omit<SubmissionSummary, 'status'>[]> {
  const rows = await db
    .selectFrom('submissions')
    .leftJoin('reports', 'submission_id', 'id')
    .select(['id as submissionId', 'lesson', 'submitted_at as submittedAt', 'status as result', 'score'])
    .where('learner_id', '=', learnerId)
    .$if(lesson !== null, (query) => query.where('lesson', '=', lesson))
    .orderBy('place', 'desc')
    .limit(NEWEST)
    .execute();
  return rows.map((row) => ({ ...row }));
}

function submissions(db: Kysely<Tables>) {
  return db
    .selectFrom('submissions')
    .leftJoin('reports', 'submission_id', 'id')
    .select(['id', 'learner_id as learnerId', 'lesson', 'files', 'submitted_at as submittedAt', 'report']);
}

type Row = Omit<StoredSubmission, 'files' | 'report'> & { files: string; report: string | null };

function fromRow(row: Row): StoredSubmission {
  return {
    ...row,
    files: filesOf(row.files),
    report: row.report === null ? null : readStoredReport(row.report),
  };
}

/** Returns the files of a stored row. */
export function filesOf(json: string): Files {
  return filesSchema.parse(JSON.parse(json));
}

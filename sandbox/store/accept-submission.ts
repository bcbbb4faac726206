import type { Kysely, Transaction } from 'kysely';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import { sameFiles } from './same-files.ts';
import { filesOf } from './submission-rows.ts';
import type { Tables } from './tables.ts';

export interface NewSubmission {
  id: string;
  learnerId: string;
  lesson: string;
  files: Files;
  idempotencyKey: string | null;
  now: Date;
}

/** At most `count` submissions per learner in `windowMs`; those that a Streamwright error ended do not count. */
export interface SubmissionLimit {
  count: number;
  windowMs: number;
}

/** `id` is that of the submission that was stored, now or before; of `key-reused` it is another one's, which has the key already. */
export type Acceptance = { kind: 'accepted' | 'repeated' | 'key-reused'; id: string } | { kind: 'too-many'; freeAt: Date };

/** Stores a submission unless it repeats an earlier one or exceeds the limit. */
export async function acceptSubmission(
  transaction: Transaction<Tables>,
  submission: NewSubmission,
  limit: SubmissionLimit,
): Promise<Acceptance> {
  const earlier = await repeatedBy(transaction, submission);
  if (earlier) return earlier;

  const { id, learnerId, lesson, files, idempotencyKey, now } = submission;
  const [oldest, ...others] = await countedTimes(transaction, learnerId, limit, now);
  if (oldest && others.length + 1 >= limit.count)
    return { kind: 'too-many', freeAt: new Date(oldest.getTime() + limit.windowMs) };

  const submittedAt = now.toISOString();
  await transaction
    .insertInto('submissions')
    .values({
      id,
      learner_id: learnerId,
      lesson,
      files: JSON.stringify(files),
      idempotency_key: idempotencyKey,
      submitted_at: submittedAt,
    })
    .execute();
  return { kind: 'accepted', id };
}

/** Returns the times of the submissions that count towards the limit, oldest first. */
export async function countedTimes(
  db: Kysely<Tables>,
  learnerId: string,
  { windowMs }: SubmissionLimit,
  now: Date,
): Promise<Date[]> {
  const rows = await db
    .selectFrom('submissions')
    .leftJoin('reports', 'submission_id', 'id')
    .select('submitted_at')
    .where('learner_id', '=', learnerId)
    .where('submitted_at', '>', new Date(now.getTime() - windowMs).toISOString())
    .where((where) => where.or([where('status', 'is', null), where('status', '!=', 'error')]))
    .orderBy('place')
    .execute();
  return rows.map((row) => new Date(row.submitted_at));
}

async function repeatedBy(
  transaction: Transaction<Tables>,
  { learnerId, lesson, files, idempotencyKey }: NewSubmission,
): Promise<Acceptance | null> {
  const same = (row: { lesson: string; files: string }) => row.lesson === lesson && sameFiles(filesOf(row.files), files);
  const mine = transaction.selectFrom('submissions').where('learner_id', '=', learnerId);
  if (idempotencyKey !== null) {
    const row = await mine.select(['id', 'lesson', 'files']).where('idempotency_key', '=', idempotencyKey).executeTakeFirst();
    return row ? { kind: same(row) ? 'repeated' : 'key-reused', id: row.id } : null;
  }
  const waiting = await mine
    .leftJoin('reports', 'submission_id', 'id')
    .select(['id', 'lesson', 'files'])
    .where('lesson', '=', lesson)
    .where('report', 'is', null)
    .execute();
  const double = waiting.find(same);
  return double ? { kind: 'repeated', id: double.id } : null;
}

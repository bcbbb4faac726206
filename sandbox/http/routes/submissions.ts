import { z } from 'zod';
import { PlatformError } from '#sandbox/errors.ts';
import type { QueueState } from '#sandbox/grading/queue.ts';
import { idSchema, lessonIdSchema } from '#sandbox/protocol/identifiers.ts';
import {
  type Submission,
  submissionListSchema,
  submissionSchema,
  submitSchema,
  submittedSchema,
} from '#sandbox/protocol/submission.ts';
import type { StoredSubmission } from '#sandbox/store/submission-rows.ts';
import { type Api, problems } from '../api/api.ts';
import { access, learnerOf } from '../api/caller.ts';
import { checkEditable } from '../api/editable-files.ts';
import { paced } from '../api/pace.ts';
import type { Services } from '../api/services.ts';

const params = z.strictObject({ id: idSchema });
const listQuery = z.strictObject({ lesson: lessonIdSchema.optional() });
const submitHeaders = z.object({ 'idempotency-key': z.string().min(1).max(200).optional() });

const TOO_FAST = { what: 'checks', hint: 'Nothing was stored and no attempt was used. Wait some seconds, then check again.' };

export function submissionRoutes(app: Api, { catalog, store, queue, newId, config }: Services): void {
  const limit = config.limits.submissions;

  app.post(
    '/api/submissions',
    {
      config: { ...access('learner'), ...paced(config.limits.pace.checks, TOO_FAST) },
      schema: { headers: submitHeaders, body: submitSchema, response: { 202: submittedSchema, ...problems } },
    },
    async (request, reply) => {
      const { lesson, files } = request.body;
      const learnerId = learnerOf(request).id;
      checkEditable(catalog.exercise(lesson), files);
      const now = new Date();
      const idempotencyKey = request.headers['idempotency-key'] ?? null;
      const submission = { id: newId(), learnerId, lesson, files, idempotencyKey, now };
      const acceptance = await store.submissions.accept(submission, limit);
      if (acceptance.kind === 'too-many') throw tooMany(acceptance.freeAt, now);
      if (acceptance.kind === 'key-reused') throw keyReused();
      if (acceptance.kind === 'accepted') queue.add({ ...submission, submittedAt: now.toISOString(), report: null });
      return reply.code(202).send({ submissionId: acceptance.id });
    },
  );

  app.get(
    '/api/submissions/:id',
    { config: access('learner'), schema: { params, response: { 200: submissionSchema, ...problems } } },
    async (request): Promise<Submission> => {
      const stored = await store.submissions.read(learnerOf(request).id, request.params.id);
      if (stored) return toWire(stored, queue.state(stored.id));
      throw new PlatformError('SUBMISSION_NOT_FOUND', {
        message: 'No submission with this id exists.',
        hint: 'See /api/submissions for yours.',
      });
    },
  );

  app.get(
    '/api/submissions',
    { config: access('learner'), schema: { querystring: listQuery, response: { 200: submissionListSchema, ...problems } } },
    async (request) => {
      const learnerId = learnerOf(request).id;
      const stored = await store.submissions.list(learnerId, request.query.lesson ?? null);
      const used = await store.submissions.used(learnerId, limit, new Date());
      return {
        submissions: stored.map((one) => ({ ...one, status: statusOf(one.result !== null, queue.state(one.submissionId)) })),
        left: Math.max(0, limit.count - used.count),
        limit: limit.count,
        freeAt: used.freeAt?.toISOString() ?? null,
      };
    },
  );
}

function toWire({ id, lesson, submittedAt, files, report }: StoredSubmission, state: QueueState | null): Submission {
  return {
    submissionId: id,
    lesson,
    status: statusOf(report !== null, state),
    position: report ? null : (state?.position ?? null),
    awaiting: report ? null : (state?.awaiting ?? null),
    submittedAt,
    files,
    checks: report?.checks ?? [...(state?.checks ?? [])],
    report,
  };
}

function statusOf(finished: boolean, state: QueueState | null): Submission['status'] {
  if (finished) return 'finished';
  return state && state.position === null ? 'grading' : 'queued';
}

function keyReused(): PlatformError {
  return new PlatformError('IDEMPOTENCY_KEY_REUSED', {
    message: 'This Idempotency-Key belongs to an earlier submission with other files, so nothing was stored.',
    hint: 'Send a new key with each new submission, and the same key only to repeat one whose answer was lost.',
  });
}

function tooMany(freeAt: Date, now: Date): PlatformError {
  const seconds = Math.ceil((freeAt.getTime() - now.getTime()) / 1000);
  return new PlatformError('TOO_MANY_SUBMISSIONS', {
    message: `You have reached the limit of submissions for now; the next is possible in ${Math.ceil(seconds / 60)} min.`,
    hint: 'Use Run, which is not limited, to see what your program does.',
    details: { freeAt: freeAt.toISOString() },
    retryAfterSeconds: seconds,
  });
}

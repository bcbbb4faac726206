import { z } from 'zod';
import { filesSchema, idSchema, lessonIdSchema } from './identifiers.ts';
import { checkResultSchema, reportSchema } from './report.ts';
import { waitingSchema } from './waiting.ts';

/** `POST /api/submissions`. With an `Idempotency-Key` header, a repeated post answers with the first submission's id, and other work with the same key is refused. */
export const submitSchema = z.strictObject({ lesson: lessonIdSchema, files: filesSchema });
export const submittedSchema = z.strictObject({ submissionId: idSchema });

/** `GET /api/submissions/:id`. `position` is the one in the queue, from 1, while `queued`, else null. */
export const submissionSchema = z.strictObject({
  submissionId: idSchema,
  lesson: lessonIdSchema,
  status: z.enum(['queued', 'grading', 'finished']),
  position: z.number().int().nullable(),
  /** What is awaited before a round can run, while `grading`; null while none waits. */
  awaiting: waitingSchema.nullable(),
  submittedAt: z.iso.datetime(),
  files: filesSchema,
  /** Results known so far while grading. */
  checks: z.array(checkResultSchema),
  report: reportSchema.nullable(),
});

/** One entry of `GET /api/submissions?lesson=`, newest first. */
export const submissionSummarySchema = submissionSchema
  .pick({ submissionId: true, lesson: true, status: true, submittedAt: true })
  .extend({
    result: z.enum(['pass', 'fail', 'error']).nullable(),
    score: z.number().nullable(),
  });

/** `left` is how many submissions the learner has left in the current 10 minutes, for all lessons together. */
export const submissionListSchema = z.strictObject({
  submissions: z.array(submissionSummarySchema),
  left: z.number().int(),
  limit: z.number().int(),
  /** When one more becomes free; null while none is used. */
  freeAt: z.iso.datetime().nullable(),
});

/** `GET /api/progress`: one entry per lesson with an exercise. */
export const progressSchema = z.strictObject({
  lessons: z.array(
    z.strictObject({
      lesson: lessonIdSchema,
      state: z.enum(['not-started', 'started', 'passed']),
      bestScore: z.number().nullable(),
      attempts: z.number().int(),
      /** When the learner began: the first save that is known, or the first graded check; null before. */
      startedAt: z.iso.datetime().nullable(),
      /** When it was first passed; null before. */
      passedAt: z.iso.datetime().nullable(),
      hintsShown: z.number().int(),
      /** When the learner asked for the solution before passing; null when that never happened. */
      solutionAskedAt: z.iso.datetime().nullable(),
    }),
  ),
});

export type Submission = z.infer<typeof submissionSchema>;
export type SubmissionSummary = z.infer<typeof submissionSummarySchema>;
export type Progress = z.infer<typeof progressSchema>;

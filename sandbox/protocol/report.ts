import { z } from 'zod';
import { lessonIdSchema } from './identifiers.ts';

/** How much a failed check shows at most. */
export const MAX_EVIDENCE = 20;

/** A record on a topic. `offset` is a decimal string because offsets can exceed 2^53. */
const recordEvidenceSchema = z.strictObject({
  kind: z.literal('record'),
  topic: z.string(),
  partition: z.number().int(),
  offset: z.string().regex(/^\d+$/),
  key: z.string().nullable(),
  observed: z.string(),
  expected: z.string(),
});

/** One thing that shows what a check saw. Each kind says where it was found, what was observed there and what was expected. */
export const evidenceSchema = z.discriminatedUnion('kind', [recordEvidenceSchema]);

const checkBase = { id: z.string(), title: z.string() };

/**
 * One check of a report, in the author's order.
 * `message` is what was observed, `expected` what should have been, `question` the one thing to think about; never the answer.
 * A `skipped` check names in `needs` the check that must pass first.
 */
export const checkResultSchema = z.discriminatedUnion('status', [
  z.strictObject({ ...checkBase, status: z.literal('pass') }),
  z.strictObject({
    ...checkBase,
    status: z.literal('fail'),
    round: z.number().int().min(1),
    message: z.string(),
    expected: z.string(),
    question: z.string(),
    diagnosis: z.string().nullable(),
    evidence: z.array(evidenceSchema).max(MAX_EVIDENCE),
  }),
  z.strictObject({ ...checkBase, status: z.literal('skipped'), needs: z.string().nullable() }),
]);

/** ISO times at which a submission reached each phase. */
export const reportPhasesSchema = z.strictObject({
  queued: z.iso.datetime(),
  started: z.iso.datetime(),
  ready: z.iso.datetime(),
  ran: z.iso.datetime(),
  graded: z.iso.datetime(),
});

/** Why a program ended as it did, as its own output tells. `message` is the error that ended it, `place` its line: `main.ts:3`. */
export const outputCauseSchema = z.strictObject({
  message: z.string().nullable(),
  place: z.string().nullable(),
  /** What to do, for trouble that is known. */
  hint: z.string().nullable(),
});

/** The judgement of a submission. `error` is a Streamwright error and costs no attempt. `score` is the share of passed checks. */
export const reportSchema = z.strictObject({
  version: z.literal(1),
  submissionId: z.string(),
  lesson: lessonIdSchema,
  status: z.enum(['pass', 'fail', 'error']),
  score: z.number().min(0).max(1),
  seed: z.number().int(),
  rounds: z.number().int(),
  contentHash: z.string(),
  graderHash: z.string(),
  phases: reportPhasesSchema,
  checks: z.array(checkResultSchema),
  /** What the program printed in the deciding round, cut at 16 KiB. Shown, never judged. */
  output: z.strictObject({
    text: z.string(),
    truncated: z.boolean(),
    /** The last lines, whole even where `text` is cut. Reports from before this was kept have none. */
    lastLines: z.array(z.string()).optional(),
    cause: outputCauseSchema.nullable().optional(),
  }),
  /** Only with status `error`: what went wrong in Streamwright, as text. */
  error: z.string().nullable(),
});

export type Evidence = z.infer<typeof evidenceSchema>;
export type RecordEvidence = z.infer<typeof recordEvidenceSchema>;
export type OutputCause = z.infer<typeof outputCauseSchema>;
export type CheckResult = z.infer<typeof checkResultSchema>;
export type Report = z.infer<typeof reportSchema>;

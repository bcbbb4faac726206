import { z } from 'zod';

/**
 * What a learner can do to a run that is going on, to see what becomes of it: end its program, or a job of its SQL, as a crash would;
 * hold back its connections to the broker; add a record that no consumer can parse, or one whose event time lies behind the watermark.
 */
export const breakKindSchema = z.enum(['kill', 'pause', 'poison', 'late']);

const topicSchema = z.string().max(100);

/**
 * `POST /api/runs/:id/breaks`. `statement` is the one whose job is killed, every job where it is left out; `topic` is an input of the
 * exercise that is a topic, the first one where it is left out.
 */
export const breakRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('kill'), statement: z.number().int().min(0).max(1000).optional() }),
  z.strictObject({ kind: z.literal('pause') }),
  z.strictObject({ kind: z.literal('poison'), topic: topicSchema.optional() }),
  z.strictObject({ kind: z.literal('late'), topic: topicSchema.optional() }),
]);

/** What was done to a run. */
export const runBreakSchema = z.strictObject({
  kind: breakKindSchema,
  /** In ms since 1970, by the clock that programs and the broker have. */
  atMs: z.number(),
  /** Milliseconds since the run started. */
  runMs: z.number().int(),
  /** How long a pause lasts; null of anything else. */
  forMs: z.number().int().nullable(),
  /** The record that was added; null where none was. */
  record: z.strictObject({ topic: z.string(), partition: z.number().int(), offset: z.string() }).nullable(),
});

export type BreakKind = z.infer<typeof breakKindSchema>;
export type BreakRequest = z.infer<typeof breakRequestSchema>;
export type RunBreak = z.infer<typeof runBreakSchema>;

import { z } from 'zod';
import { runBreakSchema } from './break.ts';
import { filesSchema, idSchema, lessonIdSchema } from './identifiers.ts';
import { outputCauseSchema } from './report.ts';
import { sqlErrorSchema, sqlRunSchema } from './sql.ts';
import { waitingSchema } from './waiting.ts';

/** How a program ended. Every case is the learner's doing and a value, never an exception. */
export const runResultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exited'), exitCode: z.number().int(), durationMs: z.number() }),
  z.strictObject({ kind: z.literal('timed-out'), limitMs: z.number(), durationMs: z.number() }),
  z.strictObject({ kind: z.literal('output-limit'), limitBytes: z.number(), durationMs: z.number() }),
  z.strictObject({ kind: z.literal('out-of-memory'), limitMb: z.number(), durationMs: z.number() }),
  z.strictObject({ kind: z.literal('process-limit'), limit: z.number(), durationMs: z.number() }),
  /** Every statement has ended, and so has every job. */
  z.strictObject({ kind: z.literal('sql-finished'), durationMs: z.number() }),
  /** Statement `index` was refused, or its job failed. */
  z.strictObject({ kind: z.literal('sql-failed'), index: z.number().int(), error: sqlErrorSchema, durationMs: z.number() }),
  z.strictObject({ kind: z.literal('cancelled'), durationMs: z.number() }),
]);

/** Output of a program, in the order it was written. `seq` numbers the chunks of one run from 0. */
export const outputChunkSchema = z.strictObject({
  seq: z.number().int(),
  stream: z.enum(['stdout', 'stderr', 'system']),
  text: z.string(),
  /** Milliseconds since the program started. */
  atMs: z.number(),
});

/** Milliseconds spent in each phase of a run. */
export const runPhasesSchema = z.strictObject({
  lease: z.number().optional(),
  topics: z.number().optional(),
  inputs: z.number().optional(),
  /** Waiting for a Flink. */
  flink: z.number().optional(),
  program: z.number().optional(),
});

/** `GET /api/runs/:id`. `error` is set when status is `error`: a Streamwright error, as text. */
export const runSchema = z.strictObject({
  runId: idSchema,
  lesson: lessonIdSchema,
  /** The learner's files as they run. */
  files: filesSchema,
  status: z.enum(['preparing', 'running', 'finished', 'error']),
  /** What is awaited while preparing. */
  awaiting: waitingSchema.nullable(),
  seed: z.number().int(),
  result: runResultSchema.nullable(),
  output: z.array(outputChunkSchema),
  /** Why a failed program ended, as its output tells; null where it does not. */
  cause: outputCauseSchema.nullable(),
  phases: runPhasesSchema,
  /** Statements and results of a SQL run; null for a program. */
  sql: sqlRunSchema.nullable(),
  /** What the learner did to it while it went on, in order. */
  breaks: z.array(runBreakSchema).default([]),
  /** Milliseconds since `run.started`, even after the end: the page derives the start by its own clock. */
  elapsedMs: z.number().optional(),
  error: z.string().nullable(),
});

export const startRunSchema = z.strictObject({ lesson: lessonIdSchema, files: filesSchema });
/** A run that has ended, as a list shows it. */
export const runSummarySchema = runSchema
  .pick({ runId: true, result: true, error: true })
  .extend({ endedAt: z.iso.datetime(), seed: z.number().int().nullable() });
/**
 * `GET /api/runs?lesson=`: the learner's newest run of a lesson, also after others ran, null before the first; and the last ones that have
 * ended, newest first.
 */
export const lastRunSchema = z.strictObject({ run: runSchema.nullable(), ended: z.array(runSummarySchema) });
export const runStartedSchema = z.strictObject({ runId: idSchema });

export type RunResult = z.infer<typeof runResultSchema>;
export type OutputChunk = z.infer<typeof outputChunkSchema>;
export type RunPhases = z.infer<typeof runPhasesSchema>;
export type RunSummary = z.infer<typeof runSummarySchema>;
export type Run = z.infer<typeof runSchema>;

import { z } from 'zod';
import { fileNameSchema, filesSchema, lessonIdSchema } from './identifiers.ts';
import { waitingSchema } from './waiting.ts';

/** Why the gate or Flink refuses a statement. `failed` is everything without a better name, `flink_lost` a Streamwright error. */
export const sqlErrorCodeSchema = z.enum([
  'invalid_sql',
  'statement_not_allowed',
  'option_not_allowed',
  'statement_too_long',
  'too_complex',
  'too_many_jobs',
  'out_of_memory',
  'unknown_topic',
  'failed',
  'flink_lost',
]);

/** A range in a file, both ends inclusive. Lines and columns count from 1. */
export const sqlRangeSchema = z.strictObject({
  line: z.number().int().min(1),
  column: z.number().int().min(1),
  endLine: z.number().int().min(1),
  endColumn: z.number().int().min(1),
});

/** Why a statement failed. `range` is in the learner's file; null where Flink names no place. */
export const sqlErrorSchema = z.strictObject({ code: sqlErrorCodeSchema, message: z.string(), range: sqlRangeSchema.nullable() });

/** One statement of a SQL run, in the order of the files. */
export const sqlStatementSchema = z.strictObject({
  index: z.number().int(),
  file: fileNameSchema,
  range: sqlRangeSchema,
  /** `query` shows rows, `insert` runs as a job that writes, `other` is DDL, SET, EXPLAIN, SHOW and the like. */
  kind: z.enum(['query', 'insert', 'other']),
  status: z.enum(['running', 'finished', 'failed', 'cancelled']),
  columns: z.array(z.strictObject({ name: z.string(), type: z.string() })),
  /** Flink's id of the statement's job. */
  jobId: z.string().nullable(),
  /** Number of changes so far. */
  changeCount: z.number().int(),
  error: sqlErrorSchema.nullable(),
  /** Start and end, in milliseconds since the run started. */
  startMs: z.number().optional(),
  endMs: z.number().optional(),
});

/** One change of a result. Values are text as SQL writes them; BIGINT beyond 2^53 stays exact. */
export const sqlChangeSchema = z.strictObject({
  op: z.enum(['+I', '-U', '+U', '-D']),
  values: z.array(z.string().nullable()),
  /** Milliseconds since the run started. */
  atMs: z.number(),
});

/** What the changes of a statement add up to: at most 200 rows of `total`. */
export const sqlTableSchema = z.strictObject({
  rows: z.array(z.array(z.string().nullable())),
  total: z.number().int(),
});

/** The SQL side of a run. `changes` holds the newest 500 of a statement; `first` is the number of the first one held. */
export const sqlRunSchema = z.strictObject({
  statements: z.array(sqlStatementSchema),
  results: z.array(
    z.strictObject({
      index: z.number().int(),
      first: z.number().int(),
      changes: z.array(sqlChangeSchema),
      table: sqlTableSchema,
    }),
  ),
});

/** `POST /api/sql/check`: checks the statements of the first editable file as the editor holds it, and runs none. */
export const sqlCheckSchema = z.strictObject({ lesson: lessonIdSchema, files: filesSchema });
/** `checked` is false while no Flink is there to ask; `awaiting` then says what for. */
export const sqlCheckedSchema = z.strictObject({
  checked: z.boolean(),
  awaiting: waitingSchema.nullable(),
  errors: z.array(sqlErrorSchema),
});

/** `POST /api/sql/complete`: what can follow at a position, counted from 1. */
export const sqlCompleteSchema = sqlCheckSchema.extend({
  line: z.number().int().min(1),
  column: z.number().int().min(1),
});
export const sqlCompletionsSchema = z.strictObject({
  items: z.array(z.strictObject({ label: z.string(), kind: z.enum(['column', 'table', 'function', 'keyword']) })),
});

export type SqlError = z.infer<typeof sqlErrorSchema>;
export type SqlErrorCode = z.infer<typeof sqlErrorCodeSchema>;
export type SqlRange = z.infer<typeof sqlRangeSchema>;
export type SqlStatement = z.infer<typeof sqlStatementSchema>;
export type SqlChange = z.infer<typeof sqlChangeSchema>;
export type SqlTable = z.infer<typeof sqlTableSchema>;
export type SqlRun = z.infer<typeof sqlRunSchema>;
export type SqlChecked = z.infer<typeof sqlCheckedSchema>;
export type SqlCompletions = z.infer<typeof sqlCompletionsSchema>;

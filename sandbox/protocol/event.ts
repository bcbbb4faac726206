import { z } from 'zod';
import { runBreakSchema } from './break.ts';
import { lensGroupSchema, lensJobSchema, lensRecordSchema, lensTopicSchema } from './lens.ts';
import { checkResultSchema, reportSchema } from './report.ts';
import { outputChunkSchema, runResultSchema } from './run.ts';
import { sqlChangeSchema, sqlStatementSchema, sqlTableSchema } from './sql.ts';
import { waitingSchema } from './waiting.ts';

/**
 * Everything that `GET /api/events?topics=run,submission,lens` can send: the SSE event name is `type`, the data is the object as JSON.
 * A topic may name one id (`run:ID`). `reload` means that events were missed: read the state again with GET.
 */
export const eventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('run.preparing'), runId: z.string(), awaiting: waitingSchema }),
  z.strictObject({ type: z.literal('run.started'), runId: z.string() }),
  z.strictObject({ type: z.literal('run.output'), runId: z.string(), chunks: z.array(outputChunkSchema) }),
  z.strictObject({
    type: z.literal('run.finished'),
    runId: z.string(),
    result: runResultSchema.nullable(),
    error: z.string().nullable(),
  }),
  z.strictObject({ type: z.literal('run.broken'), runId: z.string(), done: runBreakSchema }),
  /** A statement of a SQL run began, got its columns, or ended. */
  z.strictObject({ type: z.literal('sql.statement'), runId: z.string(), statement: sqlStatementSchema }),
  /** `first` is the number of the first of these changes within the statement, from 0. */
  z.strictObject({
    type: z.literal('sql.changes'),
    runId: z.string(),
    index: z.number().int(),
    first: z.number().int(),
    changes: z.array(sqlChangeSchema),
  }),
  z.strictObject({ type: z.literal('sql.table'), runId: z.string(), index: z.number().int(), table: sqlTableSchema }),
  z.strictObject({ type: z.literal('submission.queued'), submissionId: z.string(), position: z.number().int() }),
  z.strictObject({ type: z.literal('submission.grading'), submissionId: z.string(), round: z.number().int() }),
  /** What the round waits for; null when it waits no more. */
  z.strictObject({ type: z.literal('submission.awaiting'), submissionId: z.string(), awaiting: waitingSchema.nullable() }),
  z.strictObject({ type: z.literal('check.result'), submissionId: z.string(), check: checkResultSchema }),
  z.strictObject({ type: z.literal('submission.finished'), submissionId: z.string(), report: reportSchema }),
  z.strictObject({ type: z.literal('lens.topics'), runId: z.string(), topics: z.array(lensTopicSchema) }),
  z.strictObject({ type: z.literal('lens.records'), runId: z.string(), topic: z.string(), records: z.array(lensRecordSchema) }),
  /** `atMs` is when they were seen, in ms since 1970, by the clock that programs have. */
  z.strictObject({ type: z.literal('lens.groups'), runId: z.string(), atMs: z.number(), groups: z.array(lensGroupSchema) }),
  /** `atMs` counts from the start of the run. */
  z.strictObject({ type: z.literal('lens.jobs'), runId: z.string(), atMs: z.number(), jobs: z.array(lensJobSchema) }),
  z.strictObject({ type: z.literal('reload') }),
]);

export type ServerEvent = z.infer<typeof eventSchema>;

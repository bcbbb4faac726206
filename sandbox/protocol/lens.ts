import { z } from 'zod';

const offsetSchema = z.string().regex(/^\d+$/);

/** One partition of a topic: `[start, end)` holds what can be read. */
export const lensPartitionSchema = z.strictObject({ partition: z.number().int(), start: offsetSchema, end: offsetSchema });

/** A topic of the learner's current run under its logical name. */
export const lensTopicSchema = z.strictObject({ name: z.string(), partitions: z.array(lensPartitionSchema) });

/** A record as text. Bytes that are not UTF-8 are shown as `0x…`; a value is cut at 2 KiB. */
export const lensRecordSchema = z.strictObject({
  partition: z.number().int(),
  offset: offsetSchema,
  timestampMs: z.number(),
  key: z.string().nullable(),
  value: z.string().nullable(),
  headers: z.record(z.string(), z.string().nullable()),
});

/** A consumer group of the learner under its own name, with committed offsets and lag per partition. */
export const lensGroupSchema = z.strictObject({
  name: z.string(),
  state: z.string(),
  members: z.array(
    z.strictObject({
      id: z.string(),
      clientId: z.string(),
      partitions: z.array(z.strictObject({ topic: z.string(), partition: z.number().int() })),
    }),
  ),
  offsets: z.array(
    z.strictObject({
      topic: z.string(),
      partition: z.number().int(),
      committed: offsetSchema.nullable(),
      end: offsetSchema,
      lag: offsetSchema.nullable(),
    }),
  ),
});

/** `GET /api/lens/topics`. `runId` is null when the learner has not run anything yet. */
export const lensTopicsSchema = z.strictObject({ runId: z.string().nullable(), topics: z.array(lensTopicSchema) });
/** `GET /api/lens/topics/:name/records?partition=&offset=`: at most 500 records from `offset`. */
export const lensRecordsSchema = z.strictObject({ topic: z.string(), records: z.array(lensRecordSchema) });
/** `GET /api/lens/groups`. */
export const lensGroupsSchema = z.strictObject({ groups: z.array(lensGroupSchema) });

export type LensTopic = z.infer<typeof lensTopicSchema>;
export type LensRecord = z.infer<typeof lensRecordSchema>;
export type LensGroup = z.infer<typeof lensGroupSchema>;

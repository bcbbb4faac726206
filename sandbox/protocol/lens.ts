import { z } from 'zod';

const offsetSchema = z.string().regex(/^\d+$/);

/** One partition of a topic; the offsets in `[start, end)` can be read. */
export const lensPartitionSchema = z.strictObject({ partition: z.number().int(), start: offsetSchema, end: offsetSchema });

/** A topic of the learner's current run under its logical name. */
export const lensTopicSchema = z.strictObject({ name: z.string(), partitions: z.array(lensPartitionSchema) });

/** A record as text. Bytes that are not UTF-8 are shown as `0x…`; keys, values and headers are cut at 2 KiB. */
export const lensRecordSchema = z.strictObject({
  partition: z.number().int(),
  offset: offsetSchema,
  timestampMs: z.number(),
  key: z.string().nullable(),
  value: z.string().nullable(),
  /** In the record's order; a name may come several times. */
  headers: z.array(z.tuple([z.string(), z.string().nullable()])),
  /** Of `key`, `value` and headers by their place from `0`: those that are not shown whole as text. */
  shownInPart: z
    .record(z.string(), z.strictObject({ hex: z.boolean(), shownBytes: z.number().int(), bytes: z.number().int() }))
    .optional(),
});

/** A consumer group of the learner under its own name, with committed offsets and lag per partition. */
export const lensGroupSchema = z.strictObject({
  name: z.string(),
  state: z.string(),
  /** Kafka's own number of the last time at which partitions were dealt; null where it has not been seen. */
  generation: z.number().int().nullable(),
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

/** One operator of a Flink job, as its job graph names it. */
export const lensOperatorSchema = z.strictObject({
  id: z.string(),
  /** Flink's own name of what it does: `TableSourceScan`, `LocalWindowAggregate`, `Writer`. */
  type: z.string(),
  /** The same in few words: `Source`, `Local window`, `Sink`. */
  name: z.string(),
  /** What it works on: `orders, 3 partitions`, `TUMBLE 1 min, by sensor`. */
  detail: z.string(),
  /** One sentence of what it does to rows; empty where Flink's plan does not say. */
  says: z.string(),
  /** Number of subtasks that do its work side by side. */
  parallelism: z.number().int(),
  /** Operators that it reads from. */
  inputs: z.array(z.string()),
  recordsIn: z.number(),
  recordsOut: z.number(),
  busyPercent: z.number().nullable(),
  /** Event time in ms since 1970; null while there is none. */
  watermarkMs: z.number().nullable(),
  /** For a source that reads a topic: the watermark of each partition. */
  partitions: z.array(z.strictObject({ topic: z.string(), partition: z.number().int(), watermarkMs: z.number().nullable() })),
  /** Changes that it emits, `+I` or `+I -U +U`; null where Flink does not say. */
  changelogMode: z.string().nullable(),
});

/**
 * A Flink job of the learner's current run. `statement` is the index of its statement, `state` Flink's own, or `GIVEN_BACK` once the Flink
 * that it ended in is another learner's.
 */
export const lensJobSchema = z.strictObject({
  jobId: z.string(),
  statement: z.number().int(),
  state: z.string(),
  operators: z.array(lensOperatorSchema),
});

/** `GET /api/lens/topics`. `runId` is null when the learner has not run anything yet. */
export const lensTopicsSchema = z.strictObject({ runId: z.string().nullable(), topics: z.array(lensTopicSchema) });
/** `GET /api/lens/topics/:name/records?partition=&offset=`: at most 500 records from `offset`. */
export const lensRecordsSchema = z.strictObject({ topic: z.string(), records: z.array(lensRecordSchema) });
/** `GET /api/lens/groups`. */
export const lensGroupsSchema = z.strictObject({ groups: z.array(lensGroupSchema) });
/** `GET /api/lens/jobs`. */
export const lensJobsSchema = z.strictObject({ jobs: z.array(lensJobSchema) });

/**
 * `GET /api/lens/history`: groups and jobs of the learner's current run over time, as the events `lens.groups` and `lens.jobs` told of them;
 * what is long ago, more coarsely.
 */
export const lensHistorySchema = z.strictObject({
  runId: z.string().nullable(),
  groups: z.array(z.strictObject({ atMs: z.number(), groups: z.array(lensGroupSchema) })),
  jobs: z.array(z.strictObject({ atMs: z.number(), jobs: z.array(lensJobSchema) })),
});

export type LensHistory = z.infer<typeof lensHistorySchema>;
export type LensOperator = z.infer<typeof lensOperatorSchema>;
export type LensJob = z.infer<typeof lensJobSchema>;
export type LensTopic = z.infer<typeof lensTopicSchema>;
export type LensRecord = z.infer<typeof lensRecordSchema>;
export type LensGroup = z.infer<typeof lensGroupSchema>;

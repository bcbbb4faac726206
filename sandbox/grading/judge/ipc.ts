/**
 * What the server and a grader's process say to each other over Node's IPC. Both sides parse what comes in.
 */
import { z } from 'zod';
import type { ProgramStatement, SqlJob } from '#sandbox/grading/kit/program.ts';
import { evidenceSchema, MAX_EVIDENCE } from '#sandbox/protocol/report.ts';
import { runResultSchema } from '#sandbox/protocol/run.ts';
import { sqlErrorSchema, sqlStatementSchema } from '#sandbox/protocol/sql.ts';

const findingSchema = z.strictObject({
  message: z.string(),
  expected: z.string(),
  question: z.string(),
  diagnosis: z.string().optional(),
  evidence: z.array(evidenceSchema).max(MAX_EVIDENCE).optional(),
});

/** How one check ended in one round. */
const verdictSchema = z.discriminatedUnion('status', [
  z.strictObject({ id: z.string(), status: z.literal('pass') }),
  z.strictObject({ id: z.string(), status: z.literal('fail'), finding: findingSchema }),
  z.strictObject({ id: z.string(), status: z.literal('skipped'), needs: z.string() }),
]);

const callSchema = z.discriminatedUnion('name', [
  /** Answered with the new program's number once it is on its way. */
  z.strictObject({ name: z.literal('start'), mode: z.enum(['bounded', 'live']) }),
  /** Answered when that program has ended. */
  z.strictObject({ name: z.literal('ended'), program: z.number().int() }),
  z.strictObject({ name: z.literal('kill'), program: z.number().int() }),
  /** Answered when that program was asked to end; it may take its time. */
  z.strictObject({ name: z.literal('stop'), program: z.number().int() }),
  z.strictObject({ name: z.literal('jobs'), program: z.number().int() }),
  /** Of a Kafka that the exercise has alone: answered when that broker is down, or serves again. */
  z.strictObject({ name: z.literal('kill-broker'), broker: z.number().int() }),
  z.strictObject({ name: z.literal('start-broker'), broker: z.number().int() }),
]);

/** From the grader's process. `done` and `failed` end a round; `failed` is a fault of ours, never of the program. */
export const fromGraderSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('call'), id: z.number().int(), call: callSchema }),
  z.strictObject({ type: z.literal('verdict'), verdict: verdictSchema }),
  z.strictObject({ type: z.literal('done') }),
  z.strictObject({ type: z.literal('failed'), message: z.string(), stack: z.string() }),
]);

const recordSchema = z.strictObject({ key: z.string(), value: z.string(), headers: z.record(z.string(), z.string()).optional() });
const recordsSchema = z.array(recordSchema).readonly();

const endpointSchema = z.strictObject({ host: z.string(), port: z.number() });

const gradeSchema = z.strictObject({
  type: z.literal('grade'),
  round: z.number().int(),
  graderPath: z.string(),
  /** Texts of the learner's files. */
  files: z.array(z.string()).readonly(),
  /** Ids of the exercise's checks. */
  checks: z.array(z.string()),
  /** The round's principal: the one credential that a grader has. */
  login: z.strictObject({
    endpoint: endpointSchema,
    others: z.array(endpointSchema).readonly(),
    username: z.string(),
    password: z.string(),
  }),
  /** Of the round's topics and groups. */
  prefix: z.string(),
  topics: z.array(z.strictObject({ logical: z.string(), name: z.string(), partitions: z.number() })),
  /** How many the exercise has alone; 0 on the shared one. */
  brokers: z.number().int(),
  seed: z.number().int(),
  inputs: z.record(z.string(), z.array(z.unknown()).readonly()),
  /** What fills topics before the program starts, by their logical names. */
  records: z.record(z.string(), recordsSchema),
  later: z.record(z.string(), z.strictObject({ items: z.array(z.unknown()).readonly(), records: recordsSchema })),
});

const jobSchema = z.strictObject({ statement: z.number().int(), state: z.string() }) satisfies z.ZodType<SqlJob>;

/** What a statement was and how it went; none of a program that is not SQL. */
const programStatementSchema = sqlStatementSchema
  .pick({ kind: true, status: true })
  .extend({ text: z.string(), error: sqlErrorSchema.nullable() }) satisfies z.ZodType<ProgramStatement>;

const endedProgramSchema = z.strictObject({
  result: runResultSchema,
  output: z.string(),
  statements: z.array(programStatementSchema),
});

/** To the grader's process. */
export const toGraderSchema = z.discriminatedUnion('type', [
  gradeSchema,
  z.strictObject({
    type: z.literal('reply'),
    id: z.number().int(),
    reply: z.union([
      z.strictObject({ program: z.number().int() }),
      z.strictObject({ ended: endedProgramSchema }),
      z.strictObject({ killed: z.literal(true) }),
      z.strictObject({ done: z.literal(true) }),
      z.strictObject({ jobs: z.array(jobSchema) }),
    ]),
  }),
]);

export type { ProgramStatement, SqlJob };
export type Verdict = z.infer<typeof verdictSchema>;
export type Call = z.infer<typeof callSchema>;
/** What is asked of the submitted program. */
export type ProgramCall = Exclude<Call, { broker: number }>;
export type BrokerCallName = Extract<Call, { broker: number }>['name'];
export type FromGrader = z.infer<typeof fromGraderSchema>;
export type ToGrader = z.infer<typeof toGraderSchema>;
export type GradeRequest = z.infer<typeof gradeSchema>;
export type ProgramMode = Extract<Call, { name: 'start' }>['mode'];
export type EndedProgram = z.infer<typeof endedProgramSchema>;
export type Reply = Extract<ToGrader, { type: 'reply' }>['reply'];

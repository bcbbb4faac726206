import { z } from 'zod';
import { languageNames } from './languages.ts';

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be kebab-case');
const lessonId = z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'must be module/slug');
const fileName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._/-]{0,99}$/, 'must be a relative path in lower case')
  .refine((name) => !name.includes('..'), 'must not contain ".."');

/** `module.yaml` in a module's folder. `letter` names its lessons in the map and on the ruler: A1, A2. */
export const moduleSchema = z.strictObject({
  title: z.string().min(1),
  letter: z.string().regex(/^[A-Z]$/),
  summary: z.string().min(1),
});

/** Front matter of a lesson's `index.mdx`. */
export const frontMatterSchema = z.strictObject({
  title: z.string().min(1).max(80),
  /** Short name for the map: one to three words in lower case. */
  short: z.string().min(1).max(24),
  summary: z.string().min(1).max(240),
  minutes: z.number().int().min(1).max(120),
  teaches: z.array(z.string()).min(1),
  requires: z.array(lessonId).default([]),
  status: z.enum(['draft', 'published']),
});

/** A topic of an exercise. `partitions: [3, 7]` is drawn from the seed, both ends included. */
export const topicSchema = z.strictObject({
  partitions: z.union([z.number().int().min(1).max(12), z.tuple([z.number().int().min(1), z.number().int().max(12)])]).default(1),
  /** Copies of each partition, on a dedicated broker only; one on each broker when left out. */
  replicas: z.number().int().min(1).max(3).optional(),
  /** False for a topic that the learner creates, on a dedicated broker only. `cluster.ts` still has its name. */
  create: z.boolean().optional(),
  /** A field of the value, which is a JSON object: the lens colours a record by it where the record has no key. */
  colourBy: z.string().min(1).max(100).optional(),
});

/**
 * Input data of an exercise, which a generator in `sandbox/generators/` draws from the seed.
 * `as: module` puts `<name>.ts` into the workspace, read-only; `as: topic` produces the data before the program starts.
 */
export const inputSchema = z.strictObject({
  generator: slug,
  count: z.union([z.number().int().min(1), z.tuple([z.number().int().min(1), z.number().int()])]),
  /** Number of items from round 2, where the data contain edge cases; as in round 1 when left out. */
  edgeCount: z.tuple([z.number().int().min(1), z.number().int()]).optional(),
  as: z.enum(['module', 'topic']),
  /** Items that arrive during a Run, for `as: topic` only, so that a query that never ends has something to read. */
  live: z.strictObject({ count: z.number().int().min(1).max(5000), perSecond: z.number().min(0.2).max(50) }).optional(),
});

/** A wrong program in `wrong/`: the check that it fails first, and the diagnosis and the question that the report gives there. */
export const wrongSchema = z.strictObject({
  fails: z.string(),
  diagnosis: z.string().optional(),
  /** The question, word for word; null where the report asks nothing specific; left out where any question will do. */
  asks: z.string().min(1).nullable().optional(),
});

/** `exercise.yaml` next to a lesson's `index.mdx`. Unknown keys are errors. */
export const exerciseSchema = z
  .strictObject({
    language: z.enum(languageNames),
    /** Editable files in display order; the first is the entry. */
    files: z.array(fileName).min(1),
    services: z.array(z.enum(['kafka', 'flink'])).min(1),
    /** `dedicated` where the lesson operates the broker: the learner, and each submission, gets a separate Kafka. */
    broker: z.enum(['shared', 'dedicated']).default('shared'),
    /** Number of brokers, for `broker: dedicated` only. */
    brokers: z.union([z.literal(1), z.literal(3)]).optional(),
    topics: z.record(slug, topicSchema).default({}),
    inputs: z.record(slug, inputSchema).default({}),
    /** A read-only file in `starter/` whose statements run before the learner's, for flink-sql only. */
    tables: fileName.optional(),
    limits: z.strictObject({ runMs: z.number().int().min(1000).max(600_000).default(20_000) }).default({ runMs: 20_000 }),
    rounds: z.number().int().min(1).max(5).default(2),
    /** Title of each check by its id, in the order of the report. */
    checks: z.record(slug, z.string().min(1)).refine((checks) => Object.keys(checks).length > 0, 'needs at least one check'),
    wrong: z.record(z.string(), wrongSchema),
    /** Mutants of the solution that pass because they do the same: the reason by the mutant's id, as `npm run prove -- --mutants` prints it. */
    equivalent: z.record(z.string(), z.string().min(1)).default({}),
    hints: z.tuple([z.string().min(1), z.string().min(1), z.string().min(1)]),
  })
  .superRefine((exercise, context) => {
    for (const { path, message } of onlyWhereDedicated(exercise)) context.addIssue({ code: 'custom', path, message });
    for (const [file, { fails }] of Object.entries(exercise.wrong)) {
      if (fails in exercise.checks) continue;
      context.addIssue({
        code: 'custom',
        path: ['wrong', file, 'fails'],
        message: `"${fails}" is not one of the checks: ${Object.keys(exercise.checks).join(', ')}`,
      });
    }
  });

interface Brokered {
  broker: 'shared' | 'dedicated';
  brokers?: 1 | 3 | undefined;
  topics: Readonly<Record<string, z.infer<typeof topicSchema>>>;
}

function onlyWhereDedicated({ broker, brokers = 1, topics }: Brokered): { path: string[]; message: string }[] {
  const isShared = broker === 'shared';
  const problems = isShared && brokers > 1 ? [{ path: ['brokers'], message: 'needs "broker: dedicated" as well' }] : [];
  for (const [name, { replicas = 1, create = true }] of Object.entries(topics)) {
    if (isShared && !create) problems.push({ path: ['topics', name, 'create'], message: 'needs "broker: dedicated"' });
    if (replicas > brokers)
      problems.push({
        path: ['topics', name, 'replicas'],
        message: `needs at least as many brokers, found ${brokers}`,
      });
  }
  return problems;
}

export type ModuleMeta = z.infer<typeof moduleSchema>;
export type FrontMatter = z.infer<typeof frontMatterSchema>;
export type ExerciseSpec = z.infer<typeof exerciseSchema>;
export type TopicSpec = z.infer<typeof topicSchema>;
export type InputSpec = z.infer<typeof inputSchema>;

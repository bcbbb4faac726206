import { z } from 'zod';
import { fileNameSchema, filesSchema, lessonIdSchema } from './identifiers.ts';

/** One entry of `GET /api/lessons`: what a list needs. */
export const lessonSummarySchema = z.strictObject({
  id: lessonIdSchema,
  module: z.string(),
  title: z.string(),
  summary: z.string(),
  minutes: z.number(),
  requires: z.array(lessonIdSchema),
  hasExercise: z.boolean(),
});

/** How long a program may take and how much of what it shows is kept. */
export const exerciseLimitsSchema = z.strictObject({
  /** Time of a Run. */
  runMs: z.number().int(),
  /** Time of each round of a Check. */
  checkMs: z.number().int(),
  /** What a program prints beyond this is cut, and the program ended. */
  outputBytes: z.number().int(),
  /** Of the result of a query, the newest. */
  changes: z.number().int(),
});

/** `GET /api/lessons/:module/:slug`: what the editor needs of an exercise. Nothing of its grader, solution or wrong programs. */
export const exerciseViewSchema = z.strictObject({
  lesson: lessonIdSchema,
  title: z.string(),
  /** As `exercise.yaml` names it: `ts`. */
  language: z.string(),
  /** Editable files in order, with the starter's text. */
  files: filesSchema,
  editable: z.array(fileNameSchema),
  /** Shown but never editable: `cluster.ts`, input modules with the visible seed's data. */
  readOnlyFiles: filesSchema,
  /** Logical topic names in kebab-case, in the order of the exercise. */
  topics: z.array(z.string()),
  checks: z.array(z.strictObject({ id: z.string(), title: z.string() })),
  hints: z.array(z.string()),
  rounds: z.number().int(),
  limits: exerciseLimitsSchema,
});

export type LessonSummary = z.infer<typeof lessonSummarySchema>;
export type ExerciseLimits = z.infer<typeof exerciseLimitsSchema>;
export type ExerciseView = z.infer<typeof exerciseViewSchema>;

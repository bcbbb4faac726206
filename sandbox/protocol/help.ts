import { z } from 'zod';
import { filesSchema } from './identifiers.ts';

/** `PUT /api/hints/:module/:slug`: how many hints the learner has seen. The answer has the most that were ever shown. */
export const showHintsSchema = z.strictObject({ shown: z.number().int().min(1) });

/**
 * Answer of `GET` and `POST /api/solutions/:module/:slug`: one solution, its editable files. `POST` asks for it after the last hint, which is
 * recorded; `askedAt` is when that first happened, null for a learner who has passed without.
 */
export const solutionSchema = z.strictObject({ files: filesSchema, askedAt: z.iso.datetime().nullable() });

export type Solution = z.infer<typeof solutionSchema>;

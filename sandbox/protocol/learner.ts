import { z } from 'zod';

export const learnerSchema = z.strictObject({ id: z.string(), name: z.string(), role: z.enum(['learner', 'instructor']) });

/** `GET /api/me`. */
export const meSchema = z.strictObject({ learner: learnerSchema, mode: z.enum(['local', 'class']) });

export type Learner = z.infer<typeof learnerSchema>;

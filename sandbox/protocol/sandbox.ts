import { z } from 'zod';
import { lessonIdSchema } from './identifiers.ts';

/** `POST /api/sandbox` prepares what a lesson's exercise needs and answers immediately. `POST /api/sandbox/reset` takes no body. */
export const openSandboxSchema = z.strictObject({ lesson: lessonIdSchema });

/** `awaiting` says in words what is not there yet while `preparing`: `kafka`, `a free sandbox`. */
export const sandboxSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('ready') }),
  z.strictObject({ state: z.literal('preparing'), awaiting: z.string() }),
]);

export type SandboxState = z.infer<typeof sandboxSchema>;

import { z } from 'zod';
import { lessonIdSchema } from './identifiers.ts';
import { waitingSchema } from './waiting.ts';

/** `POST /api/sandbox` prepares what a lesson's exercise needs and answers immediately. `POST /api/sandbox/reset` takes no body. */
export const openSandboxSchema = z.strictObject({ lesson: lessonIdSchema });

/** `awaiting` says what is not there yet while `preparing`. */
export const sandboxSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('ready') }),
  z.strictObject({ state: z.literal('preparing'), awaiting: waitingSchema }),
]);

export type SandboxState = z.infer<typeof sandboxSchema>;

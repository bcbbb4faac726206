import { z } from 'zod';
import { filesSchema } from './identifiers.ts';

/**
 * `GET` and `PUT /api/drafts/:module/:slug` answer this. Version 0 is "nothing stored yet" with no files.
 * `PUT` sends `{ files }` and `If-Match: "<version it was based on>"`; a stale version is answered with 409
 * `DRAFT_CONFLICT` and the stored draft in `details`.
 */
export const draftSchema = z.strictObject({
  files: filesSchema,
  version: z.number().int().min(0),
  savedAt: z.iso.datetime().nullable(),
});
export const putDraftSchema = z.strictObject({ files: filesSchema });

export type Draft = z.infer<typeof draftSchema>;

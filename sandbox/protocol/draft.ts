import { z } from 'zod';
import { filesSchema } from './identifiers.ts';

/**
 * Answer of `GET` and `PUT /api/drafts/:module/:slug`. Version 0 has no files and means that nothing is stored yet.
 * `PUT` sends `{ files }` and `If-Match: "<version it is based on>"`; for a stale version the server answers 409
 * `DRAFT_CONFLICT` with the stored draft in `details`.
 */
export const draftSchema = z.strictObject({
  files: filesSchema,
  version: z.number().int().min(0),
  savedAt: z.iso.datetime().nullable(),
});
export const putDraftSchema = z.strictObject({ files: filesSchema });

export type Draft = z.infer<typeof draftSchema>;

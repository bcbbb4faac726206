import { z } from 'zod';

/** `:module/:slug` of a path. */
export const lessonParams = z.strictObject({ module: z.string().max(60), slug: z.string().max(60) });

/** Returns the lesson's id: `log/append`. */
export const lessonOf = ({ module, slug }: z.infer<typeof lessonParams>) => `${module}/${slug}`;

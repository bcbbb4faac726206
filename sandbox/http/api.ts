import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { PlatformError } from '#sandbox/errors.ts';
import { apiErrorSchema } from '#sandbox/protocol/error.ts';
import type { Learner } from '#sandbox/store/learners.ts';

/** The Fastify app whose routes get their types from zod schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  FastifyRequest['raw'],
  import('node:http').ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for every request with a valid token. */
    learner: Learner | null;
  }
}

/** The learner whose request this is. @throws PlatformError TOKEN_REQUIRED */
export function learnerOf(request: FastifyRequest): Learner {
  if (request.learner) return request.learner;
  throw tokenRequired();
}

export function tokenRequired(): PlatformError {
  return new PlatformError('TOKEN_REQUIRED', {
    message: 'This call carries no valid token of this installation.',
    hint: 'Open or reload a page of this address: it sets the cookie that the API asks for.',
  });
}

/** `:module/:slug` of a path, and the lesson's id that they make. */
export const lessonParams = z.strictObject({ module: z.string().max(60), slug: z.string().max(60) });
export const lessonOf = ({ module, slug }: z.infer<typeof lessonParams>) => `${module}/${slug}`;

/** Every route can answer with an error of this shape. */
export const problems = { '4xx': apiErrorSchema, '5xx': apiErrorSchema };

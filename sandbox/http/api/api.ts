import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { apiErrorSchema } from '#sandbox/protocol/error.ts';

/** The Fastify app whose routes get their types from zod schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  FastifyRequest['raw'],
  import('node:http').ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Every route can respond with an error of this shape. */
export const problems = { '4xx': apiErrorSchema, '5xx': apiErrorSchema };

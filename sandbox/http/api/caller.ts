import type { FastifyRequest } from 'fastify';
import { PlatformError } from '#sandbox/errors.ts';
import type { Learner } from '#sandbox/protocol/learner.ts';

/** Who may call a route: `learner` needs a valid token; `anyone` needs none, because the response reveals nothing about a learner. */
export type Access = 'anyone' | 'learner';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Declared by every route; the server does not start when one lacks it. */
    access?: Access;
  }
  interface FastifyRequest {
    /** Set for every request with a valid token. */
    learner: Learner | null;
  }
}

/** Returns a route's declaration, for its options: `{ config: access('learner'), schema: … }`. */
export function access(who: Access): { access: Access } {
  return { access: who };
}

/** Returns the learner whose request this is. @throws PlatformError TOKEN_REQUIRED */
export function learnerOf(request: FastifyRequest): Learner {
  if (request.learner) return request.learner;
  throw new PlatformError('TOKEN_REQUIRED', {
    message: 'This call has no valid token of this installation.',
    hint: 'Open or reload a page of this address: it sets the cookie that the API requires.',
  });
}

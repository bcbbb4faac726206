import { PlatformError } from '#sandbox/errors.ts';
import { learnerOf } from './caller.ts';

export interface Pace {
  count: number;
  windowMs: number;
}

/**
 * Returns what a route has in its `config` so that one learner calls it at most so often; whoever calls more often is told when to go on.
 * @param what is limited, in the plural: `runs`
 * @param hint what to do instead of calling again at once
 */
export function paced({ count, windowMs }: Pace, { what, hint }: { what: string; hint: string }) {
  return {
    rateLimit: {
      max: count,
      timeWindow: windowMs,
      keyGenerator: (request: Parameters<typeof learnerOf>[0]) => learnerOf(request).id,
      errorResponseBuilder: (_request: unknown, { ttl }: { ttl: number }) =>
        new PlatformError('TOO_MANY_REQUESTS', {
          message: `These were more than ${count} ${what} in ${windowMs / 1000} s, so this one was not taken.`,
          hint,
          retryAfterSeconds: Math.ceil(ttl / 1000),
        }),
    },
  };
}

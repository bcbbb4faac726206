/**
 * Answers what no route serves: below /api as data, elsewhere as a page. Only reading a page can give somebody the token.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformError } from '#sandbox/errors.ts';
import type { RouteAccess } from './access.ts';
import type { Api } from './api/api.ts';
import { access } from './api/caller.ts';

const READING = ['GET', 'HEAD'];
/** Routes that serve nothing of their own. */
const CATCHING = ['/api', '/api/', '/api/*', '/*'];

/** Answers calls below /api that no route serves: 405 with the methods that the address has, 404 where it has none. */
export async function answerUnknownCalls(app: Api): Promise<void> {
  const refuse = (request: FastifyRequest, reply: FastifyReply): never => {
    const allowed = methodsAt(pathOf(request), app.routeAccess());
    // A method that the address has, and yet no route: an id that is longer than any.
    throw allowed.length === 0 || allowed.includes(request.method) ? unknownRoute() : methodNotAllowed(request, reply, allowed);
  };
  await app.register(
    async (scope) => {
      // Before a body is read, which may be wrong too.
      scope.addHook('onRequest', async (request, reply) => refuse(request, reply));
      scope.setNotFoundHandler(refuse);
      // The pages' own route takes every address that is read and has no other.
      const pages = {
        method: READING,
        exposeHeadRoute: false,
        config: access('anyone'),
        schema: { hide: true },
        handler: refuse,
      };
      for (const url of ['/', '/*']) scope.route({ url, ...pages });
    },
    { prefix: '/api' },
  );
}

/** @throws PlatformError METHOD_NOT_ALLOWED for a call to a page that does not read it */
export function checkReading(request: FastifyRequest, reply: FastifyReply): void {
  if (!READING.includes(request.method)) throw methodNotAllowed(request, reply, READING);
}

function methodsAt(path: string, routes: readonly RouteAccess[]): string[] {
  const methods = routes.filter(({ url }) => !CATCHING.includes(url) && matches(url, path)).map(({ method }) => method);
  return [...new Set(methods)].sort();
}

/** @param pattern of a route: `/api/runs/:id` */
function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith(':') || part === given[index]);
}

/** Fastify has refused an address that cannot be decoded. */
function pathOf({ url }: FastifyRequest): string {
  return decodeURI(url.split('?')[0] ?? '');
}

function methodNotAllowed({ method }: FastifyRequest, reply: FastifyReply, allowed: readonly string[]): PlatformError {
  const list = allowed.join(', ');
  reply.header('allow', list);
  return new PlatformError('METHOD_NOT_ALLOWED', {
    message: `This address does not have the method ${method}.`,
    hint: `Use ${list}; /api/openapi.json describes every route.`,
  });
}

function unknownRoute(): PlatformError {
  return new PlatformError('NOT_FOUND', {
    message: 'This route does not exist.',
    hint: 'See /api/openapi.json for every route.',
  });
}

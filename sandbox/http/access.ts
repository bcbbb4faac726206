/**
 * Checks who may call. Each route declares it in its options, `config: access('learner')`, and every route gets the check when it is
 * registered, so no route escapes it.
 */
import type { FastifyRequest, RouteOptions } from 'fastify';
import type { Api } from './api/api.ts';
import { type Access, learnerOf } from './api/caller.ts';

/** One route with one method. */
export interface RouteAccess {
  method: string;
  /** As it was registered: `/api/runs/:id`. */
  url: string;
  access: Access;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Lists every route with who may call it, pages and hidden routes included; complete once the app is ready. */
    routeAccess(): RouteAccess[];
  }
}

/**
 * Adds the check to every route that is registered from here on. The caller must be known before it: `request.learner` is set by hooks of
 * the app, which run before those of a route. The app does not become ready while a route lacks its declaration.
 */
export function guardRoutes(app: Api): void {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    routes.push(route);
    route.onRequest = [checkAccess, ...[route.onRequest ?? []].flat()];
  });
  app.addHook('onReady', async () => {
    const undeclared = routes.filter(({ config }) => !config?.access).map(({ method, url }) => `${method} ${url}`);
    if (undeclared.length === 0) return;
    throw new Error(
      `These routes do not declare who may call them: ${undeclared.join(', ')}. Hint: give each \`config: access('learner')\` or \`access('anyone')\`.`,
    );
  });
  app.decorate('routeAccess', () => routes.flatMap(accessOf));
}

function accessOf({ method, url, config }: RouteOptions): RouteAccess[] {
  const { access } = config ?? {};
  return access ? [method].flat().map((one) => ({ method: one, url, access })) : [];
}

/** @throws PlatformError TOKEN_REQUIRED */
async function checkAccess(request: FastifyRequest): Promise<void> {
  if (request.routeOptions.config.access !== 'anyone') learnerOf(request);
}

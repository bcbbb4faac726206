import { PlatformError } from '#sandbox/errors.ts';
import type { Api } from '../api/api.ts';
import { access } from '../api/caller.ts';

/** Serves the description of all routes, and the error for an unknown route. */
export function openApiRoutes(app: Api): void {
  app.get('/api/openapi.json', { config: access('anyone'), schema: { hide: true } }, () => app.swagger());

  app.all('/api/*', { config: access('learner'), schema: { hide: true } }, () => {
    throw new PlatformError('NOT_FOUND', {
      message: 'This route does not exist.',
      hint: 'See /api/openapi.json for every route.',
    });
  });
}

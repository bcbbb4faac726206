import { PlatformError } from '#sandbox/errors.ts';
import type { Api } from '../api/api.ts';
import { access } from '../api/caller.ts';

/** The description of all routes, and the answer where there is none. */
export function openApiRoutes(app: Api): void {
  app.get('/api/openapi.json', { config: access('anyone'), schema: { hide: true } }, () => app.swagger());

  app.all('/api/*', { config: access('learner'), schema: { hide: true } }, () => {
    throw new PlatformError('NOT_FOUND', { message: 'There is no such route.', hint: '/api/openapi.json lists every route.' });
  });
}

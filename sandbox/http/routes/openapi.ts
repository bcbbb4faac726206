import type { Api } from '../api/api.ts';
import { access } from '../api/caller.ts';

/** Serves the description of all routes. */
export function openApiRoutes(app: Api): void {
  app.get('/api/openapi.json', { config: access('anyone'), schema: { hide: true } }, () => app.swagger());
}

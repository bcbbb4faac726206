import { healthSchema } from '#sandbox/protocol/health.ts';
import { meSchema } from '#sandbox/protocol/learner.ts';
import { type Api, problems } from '../api/api.ts';
import { access, learnerOf } from '../api/caller.ts';
import type { Services } from '../api/services.ts';

export function healthRoutes(app: Api, { health }: Services): void {
  app.get('/api/health', { config: access('anyone'), schema: { response: { 200: healthSchema, ...problems } } }, () => health());

  app.get('/api/me', { config: access('learner'), schema: { response: { 200: meSchema, ...problems } } }, (request) => ({
    learner: learnerOf(request),
    mode: 'local' as const,
  }));
}

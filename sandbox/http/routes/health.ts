import { healthSchema, meSchema } from '#sandbox/protocol/health.ts';
import { type Api, learnerOf, problems } from '../api.ts';
import type { Services } from '../services.ts';

export function healthRoutes(app: Api, { health }: Services): void {
  app.get('/api/health', { schema: { response: { 200: healthSchema, ...problems } } }, () => health());

  app.get('/api/me', { schema: { response: { 200: meSchema, ...problems } } }, (request) => ({
    learner: learnerOf(request),
    mode: 'local' as const,
  }));
}

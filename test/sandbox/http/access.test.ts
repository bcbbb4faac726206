import Fastify from 'fastify';
import { describe, expect, test } from 'vitest';
import { guardRoutes, type RouteAccess } from '#sandbox/http/access.ts';
import { access } from '#sandbox/http/api/caller.ts';
import { tokenCookie } from '#sandbox/identity/local-token.ts';
import { sharedTestServer } from '../test-server.ts';

const shared = sharedTestServer();

/** Every route of the server. Fastify adds HEAD to every GET. */
const ROUTES = `
anyone   /*                                GET HEAD
anyone   /api/                             GET HEAD
anyone   /api/*                            GET HEAD
learner  /api/drafts/:module/:slug         GET HEAD PUT
learner  /api/events                       GET HEAD
anyone   /api/health                       GET HEAD
learner  /api/hints/:module/:slug          PUT
learner  /api/lens/groups                  GET HEAD
learner  /api/lens/history                 GET HEAD
learner  /api/lens/jobs                    GET HEAD
learner  /api/lens/topics                  GET HEAD
learner  /api/lens/topics/:name/records    GET HEAD
learner  /api/lessons                      GET HEAD
learner  /api/lessons/:module/:slug        GET HEAD
learner  /api/me                           GET HEAD
anyone   /api/openapi.json                 GET HEAD
learner  /api/progress                     GET HEAD
learner  /api/runs                         GET HEAD POST
learner  /api/runs/:id                     DELETE GET HEAD
learner  /api/runs/:id/breaks              POST
learner  /api/sandbox                      POST
learner  /api/sandbox/reset                POST
learner  /api/solutions/:module/:slug      GET HEAD POST
learner  /api/sql/check                    POST
learner  /api/sql/complete                 POST
learner  /api/submissions                  GET HEAD POST
learner  /api/submissions/:id              GET HEAD
`;

test('every route of the server declares who may call it', () => {
  expect(tableOf(shared().routes)).toEqual(ROUTES.trim().split('\n'));
});

test('a stranger gets nothing from any route that is not open to anyone', async () => {
  const { api, routes, token } = shared();
  const closed = routes.filter((route) => route.access === 'learner');
  expect(closed.length).toBeGreaterThan(30);
  for (const { method, url } of closed) {
    for (const cookie of [undefined, `${tokenCookie(token)}=${'x'.repeat(43)}`]) {
      const path = url.replace(/:\w+/g, 'x');
      const { status, body } = await api(method, path, { headers: { cookie } });
      expect(status, `${method} ${path}`).toBe(401);
      if (method !== 'HEAD') expect(body).toMatchObject({ code: 'TOKEN_REQUIRED' });
    }
  }
});

describe('the guard of routes', () => {
  /** An app with one route in its own plugin, as pages and the API are. */
  function appWith(config: { access?: 'anyone' | 'learner' }) {
    const app = Fastify();
    app.decorateRequest('learner', null);
    guardRoutes(app);
    app.register(async (scope) => {
      scope.get('/secret', { config }, () => 'told');
    });
    return app;
  }

  test('does not let the server start when a route does not declare who may call it', async () => {
    await expect(appWith({}).ready()).rejects.toThrow(
      "These routes do not declare who may call them: GET /secret, HEAD /secret. Hint: give each `config: access('learner')` or `access('anyone')`.",
    );
  });

  test('checks each route, whichever plugin registers it', async () => {
    const get = async (config: { access: 'anyone' | 'learner' }) => (await appWith(config).inject('/secret')).body;
    expect(await get(access('anyone'))).toBe('told');
    expect(await get(access('learner'))).toContain('TOKEN_REQUIRED');
  });
});

function tableOf(routes: readonly RouteAccess[]): string[] {
  const lines = Map.groupBy(routes, ({ url, access }) => `${access.padEnd(7)}  ${url.padEnd(32)}`);
  return [...lines]
    .map(
      ([line, same]) =>
        `${line}  ${same
          .map(({ method }) => method)
          .sort()
          .join(' ')}`,
    )
    .sort((one, other) => one.slice(9).localeCompare(other.slice(9), 'en'));
}

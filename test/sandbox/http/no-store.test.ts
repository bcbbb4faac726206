import { expect, test } from 'vitest';
import { cookieOf, sharedTestServer } from '../test-server.ts';

const shared = sharedTestServer();

test('no browser keeps an answer of the API: Back shows what is, not what was', async () => {
  const { api, routes, token, url } = shared();
  const calls = routes.filter((route) => route.url.startsWith('/api/') && route.url !== '/api/events');
  const kept: string[] = [];
  for (const { method, url: route } of calls) {
    for (const cookie of [cookieOf(token), undefined]) {
      const { status, headers } = await api(method, route.replace(/:\w+|\*/g, 'x'), { headers: { cookie } });
      if (headers['cache-control'] !== 'no-store') kept.push(`${method} ${route} ${status}: ${headers['cache-control']}`);
    }
  }
  expect(kept).toEqual([]);
  expect(calls.length).toBeGreaterThan(20);
  const stream = await fetch(`${url}/api/events?topics=run`, { headers: { cookie: cookieOf(token) } });
  expect(stream.headers.get('cache-control')).toContain('no-store');
  await stream.body?.cancel();
});

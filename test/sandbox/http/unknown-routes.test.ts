import { METHODS } from 'node:http';
import { describe, expect, test } from 'vitest';
import { sharedTestServer } from '../test-server.ts';

const shared = sharedTestServer();
const stranger = { cookie: undefined, origin: undefined };
/** CONNECT opens a tunnel, which no part of the server offers: Node ends such a connection. */
const ALL_METHODS = METHODS.filter((method) => method !== 'CONNECT');

describe.each(ALL_METHODS)('%s', (method) => {
  test('an address below /api that is no route is answered as JSON, without a cookie', async () => {
    const { api } = shared();
    for (const path of ['/api', '/api/', '/api/nothing', '/api/me/', '/api/runs/a/b', '/%61pi/nothing', '/api/nothing?a=1']) {
      const { status, headers, body } = await api(method, path, { headers: stranger });
      expect([status, headers['set-cookie'], headers['content-type']], path).toEqual([
        404,
        undefined,
        'application/json; charset=utf-8',
      ]);
      if (method !== 'HEAD') expect(body).toMatchObject({ code: 'NOT_FOUND', hint: expect.any(String) });
    }
  });

  test('a route that has other methods says which, without a cookie', async () => {
    const { api, routes } = shared();
    for (const url of new Set(routes.map((route) => route.url).filter((one) => /^\/api\/\w/.test(one)))) {
      const allowed = routes.filter((route) => route.url === url).map((route) => route.method);
      if (allowed.includes(method)) continue;
      const path = url.replace(/:\w+/g, 'x');
      const { status, headers, body } = await api(method, path, { headers: stranger });
      expect([status, headers['set-cookie']], path).toEqual([405, undefined]);
      expect(String(headers.allow).split(', ').sort()).toEqual(allowed.sort());
      if (method !== 'HEAD') expect(body).toMatchObject({ code: 'METHOD_NOT_ALLOWED', message: expect.stringContaining(method) });
    }
  });
});

test.each(ALL_METHODS.filter((method) => !['GET', 'HEAD'].includes(method)))(
  'pages are only read, and give the token to no other call: %s',
  async (method) => {
    const { api } = shared();
    for (const path of ['/', '/nothing/', '/lessons/log/append/']) {
      const { status, headers, body } = await api(method, path, { headers: stranger });
      expect([status, headers['set-cookie'], headers.allow], path).toEqual([405, undefined, 'GET, HEAD']);
      expect(body).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
    }
  },
);

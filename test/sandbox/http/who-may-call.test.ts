import { describe, expect, test } from 'vitest';
import { sharedTestServer, startTestServer } from '../test-server.ts';

const shared = sharedTestServer();

const files = { 'main.ts': 'x' };
const CHANGES: [method: string, path: string, body: unknown][] = [
  ['PUT', '/api/drafts/log/append', { files }],
  ['PUT', '/api/hints/log/append', { shown: 1 }],
  ['POST', '/api/solutions/log/append', {}],
  ['POST', '/api/sandbox', { lesson: 'log/append' }],
  ['POST', '/api/sandbox/reset', {}],
  ['POST', '/api/runs', { lesson: 'log/append', files }],
  ['DELETE', '/api/runs/some-id', undefined],
  ['POST', '/api/submissions', { lesson: 'log/append', files }],
];

describe.each(CHANGES)('%s %s', (method, path, body) => {
  const headers = { 'if-match': '"0"' };

  test.each([
    ['another origin', { origin: 'https://evil.test' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['no origin', { origin: undefined }],
    ['the origin null of a sandboxed frame', { origin: 'null' }],
    ['no origin and a cross-site fetch', { origin: undefined, 'sec-fetch-site': 'cross-site' }],
    ['our origin but a fetch from another port', { 'sec-fetch-site': 'same-site' }],
  ])('is refused from %s', async (_name, foreign) => {
    const { api, stack } = shared();
    expect(await api(method, path, { body, headers: { ...headers, ...foreign } })).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN_ORIGIN' },
    });
    expect((await api('GET', '/api/drafts/log/append')).body.version).toBe(0);
    expect((await api('GET', '/api/submissions')).body.submissions).toEqual([]);
    expect(stack.openWorkspaces()).toBe(0);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/octet-stream'])(
    'is refused as %s',
    async (type) => {
      const { api } = shared();
      const raw = JSON.stringify(body ?? {});
      const answer = await api(method, path, { raw, headers: { ...headers, 'content-type': type } });
      expect(answer).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
    },
  );
});

test('accepts one of our pages', async () => {
  const { api } = await startTestServer();
  const answer = await api('PUT', '/api/drafts/log/append', {
    body: { files },
    headers: { 'if-match': '"0"', 'sec-fetch-site': 'same-origin' },
  });
  expect(answer.status).toBe(200);
});

test('rejects reads from other sites as well', async () => {
  const { api, url } = shared();
  expect(await api('GET', '/api/me', { headers: { 'sec-fetch-site': 'cross-site' } })).toMatchObject({ status: 403 });
  expect(await api('GET', '/api/me', { headers: { origin: 'https://evil.test' } })).toMatchObject({ status: 403 });
  expect(await api('GET', '/api/me', { headers: { origin: url } })).toMatchObject({ status: 200 });
});

test.each(['evil.test', 'evil.test:80', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.test:80', '0.0.0.0:80', '[::1]:80'])(
  'rejects a request to the host "%s", pages too',
  async (host) => {
    const { api } = shared();
    for (const path of ['/', '/api/health', '/api/me']) {
      expect(await api('GET', path, { headers: { host } })).toMatchObject({ status: 403, body: { code: 'UNKNOWN_HOST' } });
    }
  },
);

test('accepts localhost as our name', async () => {
  const { api, url } = shared();
  const host = `localhost:${new URL(url).port}`;
  expect(await api('GET', '/api/me', { headers: { host, origin: `http://${host}` } })).toMatchObject({ status: 200 });
});

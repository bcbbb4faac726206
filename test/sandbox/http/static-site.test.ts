import { expect, test } from 'vitest';
import { startTestServer } from '../test-server.ts';

const browser = { cookie: undefined, origin: undefined, 'accept-encoding': 'gzip, deflate, br' };

test('a page has the policy that the build computed and is revalidated each time', async () => {
  const { api } = await startTestServer();
  const page = await api('GET', '/lessons/log/append/', { headers: browser });
  expect(page).toMatchObject({
    status: 200,
    headers: { 'content-security-policy': "default-src 'self'; script-src 'sha256-x'", 'cache-control': 'no-cache' },
  });
  const again = await api('GET', '/lessons/log/append/', { headers: { ...browser, 'if-none-match': String(page.headers.etag) } });
  expect(again.status).toBe(304);
});

test('a page without its final slash redirects to the one with it', async () => {
  const { api } = await startTestServer();
  const answer = await api('GET', '/lessons/log/append', { headers: browser });
  expect(answer).toMatchObject({ status: 301, headers: { location: '/lessons/log/append/' } });
});

test('hashed files are cached indefinitely and sent with a compression that the browser accepts', async () => {
  const { api } = await startTestServer();
  const file = await api('GET', '/_astro/page.1a2b3c.js', { headers: browser });
  expect(file).toMatchObject({
    status: 200,
    body: 'brotli',
    headers: { 'content-encoding': 'br', 'cache-control': 'public, max-age=31536000, immutable' },
  });
  expect(file.headers['content-type']).toMatch(/javascript/);
  expect(await api('GET', '/_astro/page.1a2b3c.js', { headers: { ...browser, 'accept-encoding': 'gzip' } })).toMatchObject({
    body: 'gzip',
  });
  expect(await api('GET', '/_astro/page.1a2b3c.js', { headers: { ...browser, 'accept-encoding': undefined } })).toMatchObject({
    body: 'export {};',
  });
});

test.each(['/nothing/', '/headers.json', '/.inputs-hash', '/_astro/page.1a2b3c.js.br'])(
  '%s returns the page for missing addresses',
  async (path) => {
    const { api } = await startTestServer();
    expect(await api('GET', path, { headers: browser })).toMatchObject({
      status: 404,
      body: expect.stringContaining('Nothing here'),
    });
  },
);

test('responses of the API may load nothing and be framed by no page', async () => {
  const { api } = await startTestServer();
  const { headers } = await api('GET', '/api/me');
  expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
  expect(headers['x-content-type-options']).toBe('nosniff');
});

import { expect, test } from 'vitest';
import { startTestServer } from '../test-server.ts';

type Server = Awaited<ReturnType<typeof startTestServer>>;

/** A browser's cookies of one host, which it sends to every port of it. */
function browser() {
  const cookies = new Map<string, string>();
  const header = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return {
    async open({ api }: Server) {
      const { headers } = await api('GET', '/', { headers: { cookie: header(), origin: undefined } });
      for (const cookie of headers['set-cookie'] ?? []) {
        const [name = '', value = ''] = cookie.split(';')[0]?.split('=') ?? [];
        cookies.set(name, value);
      }
    },
    me: async ({ api }: Server) => (await api('GET', '/api/me', { headers: { cookie: header() } })).status,
  };
}

test('two installations on one machine leave each other alone in one browser', async () => {
  const [one, other] = [await startTestServer(), await startTestServer()];
  const { open, me } = browser();
  await open(one);
  await open(other);
  expect([await me(one), await me(other)]).toEqual([200, 200]);
});

test('the cookie of one installation opens no other', async () => {
  const [one, other] = [await startTestServer(), await startTestServer()];
  const { open, me } = browser();
  await open(one);
  expect(await me(other)).toBe(401);
});

test('after a restart an open page goes on', async () => {
  const first = await startTestServer();
  const { open, me } = browser();
  await open(first);
  await first.close();
  expect(await me(await startTestServer({ home: first.home }))).toBe(200);
});

import { expect, test } from 'vitest';
import { readConfig } from '#sandbox/config.ts';
import { temporaryHome } from '../temporary-home.ts';
import { startTestServer } from '../test-server.ts';

const PUBLIC = 'https://learn.example.org';
const draft = '/api/drafts/log/append';
const body = { files: { 'main.ts': 'x' } };

async function startBehind(publicUrl: string | null) {
  const home = temporaryHome();
  return startTestServer({ home: { ...home, config: { ...home.config, publicUrl } } });
}

test('behind a proxy that passes the Host header, pages and calls work at the public address and at the own one', async () => {
  const { api, url } = await startBehind(PUBLIC);
  const there = { host: 'learn.example.org', origin: PUBLIC, 'sec-fetch-site': 'same-origin' };
  expect((await api('GET', '/', { headers: { ...there, origin: undefined } })).status).toBe(200);
  expect((await api('PUT', draft, { body, headers: { ...there, 'if-match': '"0"' } })).status).toBe(200);
  expect((await api('PUT', draft, { body, headers: { origin: url, 'if-match': '"1"' } })).status).toBe(200);
});

test.each([
  ['the public address over http', { host: 'learn.example.org', origin: 'http://learn.example.org' }],
  ['the public origin at the own address', { origin: PUBLIC }],
  ['the own origin at the public address', { host: 'learn.example.org', origin: 'http://127.0.0.1:4321' }],
  ['another port of the public host', { host: 'learn.example.org', origin: `${PUBLIC}:8443` }],
])('changes nothing for %s', async (_what, headers) => {
  const { api } = await startBehind(PUBLIC);
  const answer = await api('PUT', draft, { body, headers: { ...headers, 'if-match': '"0"' } });
  expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN_ORIGIN' } });
});

test.each(['evil.test', 'learn.example.org.evil.test', 'learn.example.org:8443', 'x.learn.example.org'])(
  'the host %s is refused, whatever a proxy is said to have added',
  async (host) => {
    for (const publicUrl of [PUBLIC, null]) {
      const { api } = await startBehind(publicUrl);
      const forwarded = {
        'x-forwarded-host': 'learn.example.org',
        'x-forwarded-proto': 'https',
        forwarded: 'host=learn.example.org',
      };
      const answer = await api('GET', '/', { headers: { host, ...forwarded } });
      expect(answer).toMatchObject({ status: 403, body: { hint: expect.stringContaining('STREAMWRIGHT_URL') } });
    }
  },
);

test('the cookie is for https only at an address with https, and for both elsewhere', async () => {
  const cookieAt = async (publicUrl: string | null, headers: Record<string, string>) => {
    const { api } = await startBehind(publicUrl);
    return String((await api('GET', '/', { headers })).headers['set-cookie']);
  };
  expect(await cookieAt(PUBLIC, { host: 'learn.example.org' })).toMatch(/; Secure/);
  expect(await cookieAt(PUBLIC, {})).not.toMatch(/; Secure/);
  expect(await cookieAt('http://learn.lan:8080', { host: 'learn.lan:8080' })).not.toMatch(/; Secure/);
});

test.each([
  ['https://learn.example.org', 'https://learn.example.org'],
  ['https://Learn.example.org/', 'https://learn.example.org'],
  ['http://10.0.0.7:8080', 'http://10.0.0.7:8080'],
])('STREAMWRIGHT_URL=%s is %s', (text, origin) => {
  expect(readConfig({ STREAMWRIGHT_URL: text }).publicUrl).toBe(origin);
});

test.each([
  '',
  'learn.example.org',
  'ftp://learn.example.org',
  'https://learn.example.org/school',
  'https://a:b@learn.example.org',
  'https://learn.example.org?x=1',
  '*',
])('STREAMWRIGHT_URL=%s is refused with what is expected', (text) => {
  expect(() => readConfig({ STREAMWRIGHT_URL: text })).toThrow(/^STREAMWRIGHT_URL=.*https:\/\/learn\.example\.org.*Hint: /);
});

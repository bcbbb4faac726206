import { DatabaseSync } from 'node:sqlite';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { sendError } from '#sandbox/http/error-handler.ts';
import { startTestServer } from '../test-server.ts';

const draft = '/api/drafts/log/append';
const headers = { 'if-match': '"0"' };

test.each([
  ['EMFILE', 503, 'SERVER_BUSY', expect.any(String)],
  ['ENFILE', 503, 'SERVER_BUSY', expect.any(String)],
  ['ENOSPC', 507, 'DISK_FULL', undefined],
  ['EACCES', 500, 'INTERNAL', undefined],
])('a route that meets %s answers %i %s', async (code, status, answer, retryAfter) => {
  const app = Fastify();
  app.setErrorHandler(sendError);
  app.get('/', () => {
    throw Object.assign(new Error(`${code}: open '/secret'`), { code });
  });
  const response = await app.inject('/');
  expect([response.statusCode, response.json().code, response.headers['retry-after']]).toEqual([status, answer, retryAfter]);
  expect(response.body).not.toContain('/secret');
});

test('while another program locks the database a save is refused with the time to try again, other calls are answered, and nothing is lost', async () => {
  const { api, home } = await startTestServer();
  const other = new DatabaseSync(`${home.config.home}/streamwright.sqlite`);
  other.exec('BEGIN IMMEDIATE');
  const saving = api('PUT', draft, { body: { files: { 'main.ts': 'mine' } }, headers });
  const [first] = await Promise.race([saving.then(() => ['save']), api('GET', '/api/me').then(() => ['me'])]);
  expect(first).toBe('me');
  const refused = await saving;
  expect(refused).toMatchObject({
    status: 503,
    body: { code: 'STORE_BUSY', message: expect.stringContaining('another program') },
  });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  other.exec('COMMIT');
  other.close();
  expect(await api('PUT', draft, { body: { files: { 'main.ts': 'mine' } }, headers })).toMatchObject({ status: 200 });
}, 20_000);

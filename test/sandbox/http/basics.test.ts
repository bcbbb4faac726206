import { expect, test } from 'vitest';
import { tokenCookie } from '#sandbox/identity/local-token.ts';
import { temporaryHome } from '../temporary-home.ts';
import { sharedTestServer, startTestServer } from '../test-server.ts';

const shared = sharedTestServer();

const files = { 'main.ts': 'console.log(1)' };

test('pages set the token that the API requires', async () => {
  const { api } = shared();
  const page = await api('GET', '/', { headers: { cookie: undefined, origin: undefined } });
  expect(page).toMatchObject({ status: 200, body: expect.stringContaining('<title>Streamwright') });
  const [cookie] = page.headers['set-cookie'] ?? [];
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Strict/);
  const me = await api('GET', '/api/me', { headers: { cookie: cookie?.split(';')[0] } });
  expect(me).toMatchObject({ status: 200, body: { learner: { id: 'local', role: 'learner' }, mode: 'local' } });
});

test('a call without the token is rejected with a hint how to get it', async () => {
  const { api, token } = shared();
  const name = tokenCookie(token);
  for (const cookie of [undefined, `${name}=wrong`, `${name}=${'x'.repeat(43)}`, `streamwright=${token}`]) {
    expect(await api('GET', '/api/lessons', { headers: { cookie } })).toMatchObject({
      status: 401,
      body: { code: 'TOKEN_REQUIRED', hint: expect.stringContaining('reload') },
    });
  }
});

test('the token survives a restart, so open pages keep working', async () => {
  const first = await startTestServer();
  const { token } = first;
  await first.close();
  const second = await startTestServer({ home: first.home });
  expect(second.token).toBe(token);
});

test('the list has every lesson; an exercise has its files and nothing of its grader', async () => {
  const { api } = shared();
  const { body: lessons } = await api('GET', '/api/lessons');
  expect(lessons.map(({ id }: { id: string }) => id)).toEqual(['log/append', 'log/keys']);
  const { body: exercise } = await api('GET', '/api/lessons/log/append');
  expect(exercise).toMatchObject({ lesson: 'log/append', editable: ['main.ts'], files: { 'main.ts': '// write here\n' } });
  expect(Object.keys(exercise.readOnlyFiles)).toEqual(expect.arrayContaining(['cluster.ts', 'orders.ts']));
  expect(JSON.stringify(exercise)).not.toContain('// written');
});

test.each([
  ['GET', '/api/lessons/log/unknown', undefined, 404, 'LESSON_NOT_FOUND'],
  ['GET', '/api/drafts/no/such', undefined, 404, 'LESSON_NOT_FOUND'],
  ['POST', '/api/runs', { lesson: 'no/such', files }, 404, 'LESSON_NOT_FOUND'],
  ['POST', '/api/submissions', { lesson: 'no/such', files }, 404, 'LESSON_NOT_FOUND'],
  ['POST', '/api/runs', { lesson: 'log/append', files: { 'grader.ts': 'x' } }, 400, 'UNKNOWN_FILE'],
  ['POST', '/api/submissions', { lesson: 'log/append', files: { 'package.json': '{}' } }, 400, 'UNKNOWN_FILE'],
  ['POST', '/api/runs', { lesson: 'log/append', files: { '../main.ts': 'x' } }, 400, 'INVALID_INPUT'],
  ['POST', '/api/runs', { lesson: 'log/append', files, seed: 1 }, 400, 'INVALID_INPUT'],
  ['POST', '/api/runs', { lesson: 'log/append', files: { 'main.ts': 'x'.repeat(257 * 1024) } }, 400, 'INVALID_INPUT'],
  ['GET', '/api/runs/unknown', undefined, 404, 'RUN_NOT_FOUND'],
  ['DELETE', '/api/runs/unknown', undefined, 404, 'RUN_NOT_FOUND'],
  ['GET', '/api/submissions/unknown', undefined, 404, 'SUBMISSION_NOT_FOUND'],
  ['GET', '/api/lens/topics/orders/records?partition=0', undefined, 404, 'TOPIC_NOT_FOUND'],
  ['GET', '/api/events?topics=secrets', undefined, 400, 'INVALID_INPUT'],
  ['GET', '/api/nothing', undefined, 404, 'NOT_FOUND'],
  ['PATCH', '/api/me', { role: 'instructor' }, 405, 'METHOD_NOT_ALLOWED'],
])('%s %s with %j returns %i %s', async (method, path, body, status, code) => {
  const { api } = shared();
  const answer = await api(method, path, { body });
  expect(answer).toMatchObject({ status, body: { code, hint: expect.any(String), requestId: expect.any(String) } });
  expect(answer.body.message.length).toBeGreaterThan(10);
  expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|at .*\.ts:\d/);
});

test('OpenAPI describes the routes', async () => {
  const { api } = shared();
  const { body } = await api('GET', '/api/openapi.json', { headers: { cookie: undefined } });
  expect(body.openapi).toBe('3.1.0');
  expect(Object.keys(body.paths)).toEqual(expect.arrayContaining(['/api/runs', '/api/drafts/{module}/{slug}', '/api/health']));
  expect(body.paths['/api/runs'].post.requestBody.content['application/json'].schema.additionalProperties).toBe(false);
});

test('a broken lesson names file and key, and the rest work', async () => {
  const home = temporaryHome({ '01-log/02-keys/exercise.yaml': 'language: ts\nfiles: [main.ts]\nchecks: 7\n' });
  const { api } = await startTestServer({ home });
  const broken = await api('GET', '/api/lessons/log/keys');
  expect(broken).toMatchObject({ status: 500, body: { code: 'LESSON_BROKEN' } });
  expect(broken.body.message).toMatch(/02-keys\/exercise\.yaml.*checks/);
  expect(await api('GET', '/api/lessons/log/append')).toMatchObject({ status: 200 });
});

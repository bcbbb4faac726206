import { expect, test } from 'vitest';
import { startTestServer } from '../test-server.ts';

const path = '/api/drafts/log/append';
const files = (text: string) => ({ files: { 'main.ts': text } });
const basedOn = (version: number) => ({ 'if-match': `"${version}"` });

test('a draft is stored with its version and survives a restart', async () => {
  const first = await startTestServer();
  expect(await first.api('GET', path)).toMatchObject({ status: 200, body: { files: {}, version: 0, savedAt: null } });
  const saved = await first.api('PUT', path, { body: files('one'), headers: basedOn(0) });
  expect(saved).toMatchObject({ status: 200, body: { version: 1 }, headers: { etag: '"1"' } });
  await first.close();
  const { api } = await startTestServer({ home: first.home });
  expect(await api('GET', path)).toMatchObject({ body: { ...files('one'), version: 1 }, headers: { etag: '"1"' } });
});

test('with two tabs the second save conflicts with the stored version, and succeeds once it is based on it', async () => {
  const { api } = await startTestServer();
  await api('PUT', path, { body: files('tab A'), headers: basedOn(0) });
  const conflict = await api('PUT', path, { body: files('tab B'), headers: basedOn(0) });
  expect(conflict).toMatchObject({ status: 409, body: { code: 'DRAFT_CONFLICT', details: { ...files('tab A'), version: 1 } } });
  expect(await api('GET', path)).toMatchObject({ body: files('tab A') });
  expect(await api('PUT', path, { body: files('tab B'), headers: basedOn(1) })).toMatchObject({
    status: 200,
    body: { version: 2 },
  });
});

test('a save whose response was lost can be repeated', async () => {
  const { api } = await startTestServer();
  await api('PUT', path, { body: files('one'), headers: basedOn(0) });
  expect(await api('PUT', path, { body: files('one'), headers: basedOn(0) })).toMatchObject({
    status: 200,
    body: { version: 1 },
  });
});

test.each([undefined, '0', '*', '"one"', 'W/"1"'])('a save with If-Match %s is told what to send', async (ifMatch) => {
  const { api } = await startTestServer();
  const answer = await api('PUT', path, { body: files('x'), headers: { 'if-match': ifMatch } });
  expect(answer).toMatchObject({
    status: 400,
    body: { code: 'INVALID_INPUT', message: expect.stringMatching(/if-match.*version/i) },
  });
});

test('exactly one of several simultaneous saves on the same version is stored', async () => {
  const { api } = await startTestServer();
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => api('PUT', path, { body: files(`tab ${index}`), headers: basedOn(0) })),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
});

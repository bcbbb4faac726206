import { describe, expect, test } from 'vitest';
import { LOCAL_LEARNER } from '#sandbox/identity/local-token.ts';
import type { Learner } from '#sandbox/protocol/learner.ts';
import { reportOf } from '../store/store-fixture.ts';
import { startTestServer, type TestServerOptions, until } from '../test-server.ts';

type Api = Awaited<ReturnType<typeof startTestServer>>['api'];

const SOLUTION = '/api/solutions/log/append';
const HINTS = '/api/hints/log/append';
const FILES = { 'main.ts': '// written\n' };

/** Passes a program whose text is `right`, fails any other. */
const grade: NonNullable<TestServerOptions['grade']> = async (_stack, exercise, { id, files }) => {
  const isRight = files['main.ts'] === 'right';
  return reportOf(id, { lesson: exercise.lesson, status: isRight ? 'pass' : 'fail', score: isRight ? 1 : 0 });
};

async function check(api: Api, text: string): Promise<void> {
  const work = { lesson: 'log/append', files: { 'main.ts': text } };
  const { submissionId } = (await api('POST', '/api/submissions', { body: work })).body;
  await until(
    async () => (await api('GET', `/api/submissions/${submissionId}`)).body,
    ({ status }) => status === 'finished',
  );
}

const show = (api: Api, shown: number) => api('PUT', HINTS, { body: { shown } });
const progressOf = async (api: Api) => (await api('GET', '/api/progress')).body.lessons[0];

describe('the solution of a lesson', () => {
  test('is refused before passing, with what to do, whatever was checked', async () => {
    const { api } = await startTestServer({ grade });
    for (let tries = 0; tries < 3; tries++) {
      for (const method of ['GET', 'POST']) {
        const { status, body } = await api(method, SOLUTION);
        expect(status).toBe(403);
        expect(body).toMatchObject({
          code: 'SOLUTION_CLOSED',
          message:
            'The solution of log/append opens once you have passed it, or once you have used all 3 hints and asked for it.',
          hint: 'Check your program, or open the next hint: you have used 0 of 3.',
        });
        expect(JSON.stringify(body)).not.toContain('written');
      }
      await check(api, 'wrong');
    }
    expect(await progressOf(api)).toMatchObject({ solutionAskedAt: null, passedAt: null });
  });

  test('is there after passing, and looking at it is not recorded', async () => {
    const { api } = await startTestServer({ grade });
    await check(api, 'right');
    expect(await api('GET', SOLUTION)).toMatchObject({ status: 200, body: { files: FILES, askedAt: null } });
    expect(await api('POST', SOLUTION)).toMatchObject({ status: 200, body: { files: FILES, askedAt: null } });
    expect(await progressOf(api)).toMatchObject({ state: 'passed', solutionAskedAt: null, passedAt: '2026-01-01T00:00:00.000Z' });
  });

  test('is there after the last hint once the learner has asked; the first time of that is kept through a restart and passing', async () => {
    const first = await startTestServer({ grade });
    for (const shown of [1, 2, 3]) {
      expect(await show(first.api, shown)).toMatchObject({ status: 200, body: { shown } });
      await check(first.api, `wrong ${shown}`);
    }
    expect(await first.api('GET', SOLUTION)).toMatchObject({
      status: 403,
      body: { hint: 'You have used all 3 hints: ask for the solution below the last one. That is recorded for this lesson.' },
    });
    const asked = await first.api('POST', SOLUTION);
    expect(asked).toMatchObject({ status: 200, body: { files: FILES, askedAt: expect.any(String) } });
    expect((await first.api('POST', SOLUTION)).body).toEqual(asked.body);
    await first.close();

    const { api } = await startTestServer({ home: first.home, grade });
    expect((await api('GET', SOLUTION)).body).toEqual(asked.body);
    expect(await progressOf(api)).toMatchObject({ hintsShown: 3, solutionAskedAt: asked.body.askedAt, state: 'started' });
    await check(api, 'right');
    expect(await progressOf(api)).toMatchObject({ solutionAskedAt: asked.body.askedAt, state: 'passed' });
  });

  test("is not opened by another learner's passing, hints or question", async () => {
    let learner: Learner = LOCAL_LEARNER;
    const { api } = await startTestServer({ grade, identify: () => learner });
    await check(api, 'right');
    expect((await api('GET', SOLUTION)).status).toBe(200);
    learner = { id: 'bob', name: 'Bob', role: 'learner' };
    expect((await api('GET', SOLUTION)).status).toBe(403);
    expect(await progressOf(api)).toMatchObject({ state: 'not-started', hintsShown: 0 });
  });

  test('changes no draft', async () => {
    const { api } = await startTestServer({ grade });
    const draft = { body: { files: { 'main.ts': 'mine' } }, headers: { 'if-match': '"0"' } };
    await api('PUT', '/api/drafts/log/append', draft);
    await check(api, 'right');
    expect((await api('POST', SOLUTION)).body.files).toEqual(FILES);
    expect((await api('GET', '/api/drafts/log/append')).body).toMatchObject({ files: { 'main.ts': 'mine' }, version: 1 });
  });
});

describe('hints', () => {
  test('open one after each check, and never close again', async () => {
    const { api } = await startTestServer({ grade });
    for (const checks of [0, 1, 2]) {
      expect((await show(api, checks + 1)).body).toEqual({ shown: checks + 1 });
      expect((await show(api, 1)).body).toEqual({ shown: checks + 1 });
      if (checks < 2)
        expect(await show(api, checks + 2)).toMatchObject({
          status: 403,
          body: {
            code: 'HINT_CLOSED',
            message: `Hint ${checks + 2} of log/append opens after ${checks === 0 ? '1 check' : '2 checks'}; you have had ${checks}.`,
          },
        });
      await check(api, `wrong ${checks}`);
    }
  });

  test.each([0, 4, 1.5, '1'])('refuses to show %s of three', async (shown) => {
    const { api } = await startTestServer({ grade });
    expect(await api('PUT', HINTS, { body: { shown } })).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } });
  });
});

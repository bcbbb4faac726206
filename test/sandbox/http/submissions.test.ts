import { expect, test } from 'vitest';
import { LIMITS } from '#sandbox/config.ts';
import { gradeSubmission } from '#sandbox/grading/grade.ts';
import { waitingFor } from '#sandbox/protocol/waiting.ts';
import { listenTo } from '../event-client.ts';
import { fakeGraders } from '../fake-graders.ts';
import { exited, fakeStack } from '../fake-stack.ts';
import { reportOf } from '../store/store-fixture.ts';
import { passAll, startTestServer, until } from '../test-server.ts';

const body = (text: string) => ({ lesson: 'log/append', files: { 'main.ts': text } });
const path = '/api/submissions';

/** Grades only when told to, in the order of the calls. */
function gate() {
  const waiting: (() => void)[] = [];
  const started: string[] = [];
  const grade: typeof passAll = async (stack, exercise, submission, hooks) => {
    started.push(submission.id);
    hooks.onRound(1);
    await new Promise<void>((resolve, reject) => {
      waiting.push(resolve);
      hooks.signal.addEventListener('abort', () => reject(hooks.signal.reason), { once: true });
    });
    return passAll(stack, exercise, submission, hooks);
  };
  return { grade, started, open: () => waiting.shift()?.() };
}

test('a submission is graded, and its report is kept', async () => {
  const first = await startTestServer();
  const { status, body: accepted } = await first.api('POST', path, { body: body('x') });
  expect(status).toBe(202);
  const read = async () => (await first.api('GET', `${path}/${accepted.submissionId}`)).body;
  expect(await until(read, (one) => one.status === 'finished')).toMatchObject({
    report: { status: 'pass' },
    position: null,
    files: body('x').files,
  });
  await first.close();
  const { api } = await startTestServer({ home: first.home });
  expect(await api('GET', `${path}/${accepted.submissionId}`)).toMatchObject({ body: { report: { status: 'pass' } } });
  expect(await api('GET', '/api/progress')).toMatchObject({
    body: {
      lessons: [
        { lesson: 'log/append', state: 'passed', bestScore: 1, attempts: 1 },
        { lesson: 'log/keys', state: 'not-started' },
      ],
    },
  });
});

test('submissions are graded first in, first out, and each waiting one reports its position', async () => {
  const { grade, open, started } = gate();
  const { api, home } = await startTestServer({ grade });
  const concurrency = home.config.limits.gradingConcurrency;
  const ids: string[] = [];
  for (let index = 0; index < concurrency + 2; index++)
    ids.push((await api('POST', path, { body: body(`${index}`) })).body.submissionId);
  const state = async (id: string | undefined) => (await api('GET', `${path}/${id}`)).body;
  expect(await state(ids[0])).toMatchObject({ status: 'grading', position: null });
  expect(await state(ids[concurrency])).toMatchObject({ status: 'queued', position: 1 });
  expect(await state(ids[concurrency + 1])).toMatchObject({ status: 'queued', position: 2 });
  open();
  await until(
    () => state(ids[concurrency + 1]),
    (one) => one.position === 1,
  );
  while (started.length < ids.length) {
    open();
    await until(
      () => started.length,
      (count) => count > 0,
    );
  }
  open();
  expect(started).toEqual(ids);
});

test('ten simultaneous posts with one key are one submission; so is a double click without a key', async () => {
  const { grade } = gate();
  const { api } = await startTestServer({ grade });
  const keyed = await Promise.all(
    Array.from({ length: 10 }, () => api('POST', path, { body: body('keyed'), headers: { 'idempotency-key': 'one' } })),
  );
  const clicked = await Promise.all(Array.from({ length: 10 }, () => api('POST', path, { body: body('clicked') })));
  expect(new Set(keyed.map((answer) => answer.body.submissionId)).size).toBe(1);
  expect(new Set(clicked.map((answer) => answer.body.submissionId)).size).toBe(1);
  expect((await api('GET', path)).body.submissions).toHaveLength(2);
});

test('a key that was used for another program is refused with what to do, and the first submission stays', async () => {
  const { grade } = gate();
  const { api } = await startTestServer({ grade });
  const send = (text: string) => api('POST', path, { body: body(text), headers: { 'idempotency-key': 'one' } });
  const answers = await Promise.all(['mine', 'other', 'mine', 'other'].map(send));
  expect(answers.map(({ status }) => status)).toEqual([202, 422, 202, 422]);
  expect(answers[1]?.body).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', hint: expect.stringContaining('new key') });
  expect(answers[2]?.body).toEqual(answers[0]?.body);
  expect((await api('GET', path)).body.submissions).toHaveLength(1);
});

test('the eleventh submission in ten minutes is refused with the time to wait; Streamwright errors cost no attempt', async () => {
  const { api } = await startTestServer({
    grade: async (_stack, _exercise, { id, files }) =>
      files['main.ts'] === 'ours' ? reportOf(id, { status: 'error', score: 0, error: 'kafka was away' }) : reportOf(id),
  });
  const list = async () => (await api('GET', `${path}?lesson=log/append`)).body;
  await api('POST', path, { body: body('ours') });
  await until(list, ({ submissions }) => submissions[0]?.status === 'finished');
  expect(await list()).toMatchObject({ left: 10, limit: 10, submissions: [{ result: 'error' }] });
  for (let index = 0; index < 10; index++)
    expect(await api('POST', path, { body: body(`${index}`) })).toMatchObject({ status: 202 });
  const refused = await api('POST', path, { body: body('one more') });
  expect(refused).toMatchObject({
    status: 429,
    body: { code: 'TOO_MANY_SUBMISSIONS', message: expect.stringContaining('10 min') },
  });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(590);
  expect(await list()).toMatchObject({ left: 0 });
});

test('a grading that a stop of the server interrupted is repeated once at the next start', async () => {
  const { grade } = gate();
  const first = await startTestServer({ grade });
  const { submissionId } = (await first.api('POST', path, { body: body('x') })).body;
  await first.close();
  const started: string[] = [];
  const { api } = await startTestServer({
    home: first.home,
    grade: (stack, exercise, submission, hooks) => {
      started.push(submission.id);
      return passAll(stack, exercise, submission, hooks);
    },
  });
  await until(
    async () => (await api('GET', `${path}/${submissionId}`)).body,
    ({ status }) => status === 'finished',
  );
  expect(started).toEqual([submissionId]);
});

/** A server that grades with fake graders; `strike` is called in each run of the program, counted from 1. */
async function serverThatGrades(strike: (run: number, stack: ReturnType<typeof fakeStack>) => void) {
  let runs = 0;
  const stack = fakeStack(async () => {
    runs += 1;
    strike(runs, stack);
    return exited;
  });
  const server = await startTestServer({
    stack,
    grade: ({ provider, tenancy, kafka }, exercise, { id, files, submittedAt }, hooks) =>
      gradeSubmission({
        ...{ ...hooks, exercise, files, provider, tenancy, kafka, submissionId: id },
        queuedAt: new Date(submittedAt),
        graders: fakeGraders(),
        config: { limits: LIMITS },
      }),
  });
  const finished = async () => {
    const { submissionId } = (await server.api('POST', path, { body: body('x') })).body;
    return until(
      async () => (await server.api('GET', `${path}/${submissionId}`)).body,
      ({ status }) => status === 'finished',
    );
  };
  return { ...server, finished, runs: () => runs };
}

test('a submission is graded again when the broker ended during its grading', async () => {
  const { finished, runs } = await serverThatGrades((run, stack) => run === 1 && stack.restartBroker());
  expect((await finished()).report.status).toBe('pass');
  expect(runs()).toBe(3); // the round that does not count, and both rounds
});

test('a broker that ends each time is a Streamwright error after three tries, and costs no attempt', async () => {
  const { api, finished, runs } = await serverThatGrades((_run, stack) => stack.restartBroker());
  expect((await finished()).report).toMatchObject({ status: 'error', error: expect.stringContaining('Kafka ended each time') });
  expect(runs()).toBe(3);
  expect((await api('GET', path)).body.left).toBe(10);
});

test('a submission made while Kafka cannot be started ends with a Streamwright error that says why', async () => {
  const { api } = await startTestServer({ open: () => Promise.reject(new Error('no Java was found')) });
  const { submissionId } = (await api('POST', path, { body: body('x') })).body;
  const finished = await until(
    async () => (await api('GET', `${path}/${submissionId}`)).body,
    ({ status }) => status === 'finished',
  );
  expect(finished.report).toMatchObject({ status: 'error', error: expect.stringContaining('no Java was found') });
  expect((await api('GET', path)).body.left).toBe(10);
});

test('a round that waits says what for, in the response and as an event, until it runs', async () => {
  const judged = Promise.withResolvers<void>();
  const server = await startTestServer({
    grade: async (stack, exercise, submission, hooks) => {
      hooks.onRound(1);
      hooks.onWait(waitingFor('flink', { position: 3 }));
      await judged.promise;
      hooks.onWait(null);
      return passAll(stack, exercise, submission, hooks);
    },
  });
  const stream = await listenTo(server, '?topics=submission');
  const { submissionId } = (await server.api('POST', path, { body: body('x') })).body;
  const read = async () => (await server.api('GET', `${path}/${submissionId}`)).body;
  expect(await read()).toMatchObject({ status: 'grading', awaiting: waitingFor('flink', { position: 3 }) });
  judged.resolve();
  expect(await until(read, ({ status }) => status === 'finished')).toMatchObject({ awaiting: null });
  const told = stream.events.filter(({ type }) => type === 'submission.awaiting').map(({ data }) => data.awaiting);
  expect(told).toEqual([waitingFor('flink', { position: 3 }), null]);
  stream.close();
});

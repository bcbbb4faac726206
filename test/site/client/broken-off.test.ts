import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Break, checkingPage } from './checking-page.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const POST = 'POST /api/submissions';
const KINDS: readonly Break[] = ['lost', 'unanswered', 'cut'];

/** Checks, and lets the server take a step every two seconds, until the page shows the report. */
async function verdictOf({ server, open }: ReturnType<typeof checkingPage>) {
  const { exercise } = open();
  void exercise.start();
  await vi.advanceTimersByTimeAsync(100);
  void exercise.check();
  for (let step = 0; step < 40 && exercise.get().submission.report === null; step++) {
    await vi.advanceTimersByTimeAsync(2_000);
    server.step();
    await vi.advanceTimersByTimeAsync(10);
  }
  return { status: exercise.get().submission.report?.status, submissions: server.submissions.length };
}

const KNOWN = { status: 'pass', submissions: 1 };

describe('a check comes to its verdict and is submitted once', () => {
  test.each(KINDS.flatMap((kind) => [1, 2, 3, 4, 5].map((times) => [kind, times] as const)))(
    'when the request is %s %i times',
    async (kind, times) => {
      expect(await verdictOf(checkingPage((request, count) => (request === POST && count <= times ? kind : null)))).toEqual(
        KNOWN,
      );
    },
  );

  test.each((['none', 'deaf', 'cut'] as const).flatMap((streams) => KINDS.map((kind) => [streams, kind] as const)))(
    'when the event stream is %s and the first reads are %s',
    async (streams, kind) => {
      const broken = (request: string, count: number) => (request.startsWith('GET') && count <= 3 ? kind : null);
      expect(await verdictOf(checkingPage(broken, streams))).toEqual(KNOWN);
    },
  );

  test.each(KINDS)('when every second request of any kind is %s, without a stream', async (kind) => {
    expect(await verdictOf(checkingPage((_, count) => (count % 2 === 1 ? kind : null), 'none'))).toEqual(KNOWN);
  });
});

test('a page that is closed before the answer sends its check again when it is opened, with the same key', async () => {
  let isAway = true;
  const page = checkingPage((request) => (isAway && request === POST ? 'unanswered' : null));
  const first = page.open();
  void first.exercise.check();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(first.exercise.get().submission.status).toBe('sending');
  first.close();
  isAway = false;
  expect(await verdictOf(page)).toEqual(KNOWN);
});

test('while the server is away the page says since when, and reads what it missed when it is back', async () => {
  let isAway = false;
  const page = checkingPage(() => (isAway ? 'lost' : null));
  const { exercise } = page.open();
  void exercise.start();
  await vi.advanceTimersByTimeAsync(100);
  expect(exercise.get().lostAt).toBeNull();
  isAway = true;
  void exercise.check();
  await vi.advanceTimersByTimeAsync(400);
  const since = exercise.get().lostAt;
  expect(since).not.toBeNull();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(exercise.get()).toMatchObject({ lostAt: since, submission: { status: 'sending' } });
  isAway = false;
  await vi.advanceTimersByTimeAsync(6_000);
  expect(exercise.get()).toMatchObject({ lostAt: null, submission: { status: 'queued' } });
});

test('a page that is opened while the server is away shows the last check once it is back', async () => {
  let isAway = false;
  const page = checkingPage(() => (isAway ? 'lost' : null));
  expect(await verdictOf(page)).toEqual(KNOWN);
  isAway = true;
  const { exercise } = page.open();
  void exercise.start();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(exercise.get().submission.status).toBe('none');
  isAway = false;
  await vi.advanceTimersByTimeAsync(6_000);
  expect(exercise.get().submission.report?.status).toBe('pass');
});

test('a check that the learner gives up is not sent again', async () => {
  const page = checkingPage((request, count) => (request === POST && count < 5 ? 'lost' : null));
  const { exercise } = page.open();
  void exercise.check();
  await vi.advanceTimersByTimeAsync(700);
  exercise.giveUpCheck();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(page.server.submissions).toEqual([]);
  expect(exercise.get().submission.status).toBe('none');
});

test('a check that the server refuses leaves the report before it in place', async () => {
  const page = checkingPage(() => null);
  expect(await verdictOf(page)).toEqual(KNOWN);
  const { exercise } = page.open();
  void exercise.start();
  await vi.advanceTimersByTimeAsync(100);
  const problem = { code: 'TOO_MANY_SUBMISSIONS', message: 'No check is left.', hint: 'Run.', requestId: 'r' };
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(problem), { status: 429 }));
  exercise.showResults('earlier');
  await exercise.check();
  expect(exercise.get()).toMatchObject({ refusal: problem, results: 'report', submission: { report: { status: 'pass' } } });
});

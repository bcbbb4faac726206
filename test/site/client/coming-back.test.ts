/** What a page shows when its learner, or its server, comes back to it. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Break, checkingPage } from './checking-page.ts';

beforeEach(() => void vi.useFakeTimers());
let opened: ReturnType<ReturnType<typeof checkingPage>['open']>[] = [];
afterEach(() => {
  for (const { close } of opened) close();
  opened = [];
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A page that has been read, with what breaks its network. */
async function openPage() {
  const network = { is: null as Break | null, only: '' };
  const page = checkingPage((request) => (request.includes(network.only) ? network.is : null));
  const tab = async () => {
    const one = page.open();
    opened.push(one);
    void one.exercise.start();
    await vi.advanceTimersByTimeAsync(100);
    return one;
  };
  return { ...page, network, tab };
}

describe('a run', () => {
  test('whose answer was lost is the one that the page follows once the server is back', async () => {
    const { network, tab, server } = await openPage();
    const { exercise } = await tab();
    Object.assign(network, { is: 'unanswered' });
    void exercise.run();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(exercise.get().run.status).toBe('refused');
    network.is = null;
    await vi.advanceTimersByTimeAsync(6_000);
    expect(exercise.get().run).toMatchObject({ runId: server.runs.at(-1)?.runId, status: 'running' });
  });

  test('that never arrived leaves what the page said of it', async () => {
    const { network, tab } = await openPage();
    const { exercise } = await tab();
    await exercise.run();
    await vi.advanceTimersByTimeAsync(100);
    await exercise.stop();
    Object.assign(network, { is: 'lost' });
    void exercise.run();
    await vi.advanceTimersByTimeAsync(1_000);
    network.is = null;
    await vi.advanceTimersByTimeAsync(6_000);
    expect(exercise.get().run.status).toBe('refused');
  });

  test('is stopped once the server is back, when Stop was pressed while it was away', async () => {
    const { network, tab, server } = await openPage();
    const { exercise } = await tab();
    await exercise.run();
    Object.assign(network, { is: 'lost' });
    void exercise.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(exercise.get().run.status).toBe('stopping');
    network.is = null;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.runs.map(({ status }) => status)).toEqual(['finished']);
    expect(exercise.get().run.status).toBe('finished');
  });
});

test('a hint that was opened while the server was away is told to it when it is back', async () => {
  const { network, tab, server } = await openPage();
  const { exercise } = await tab();
  Object.assign(network, { is: 'lost' });
  exercise.showHint();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(exercise.get().hints.shown).toBe(1);
  network.is = null;
  await vi.advanceTimersByTimeAsync(6_000);
  expect(server.progress.hintsShown).toBe(1);
});

test('an earlier check that could not be opened is opened once the server is back', async () => {
  const { network, tab } = await openPage();
  const { exercise } = await tab();
  await exercise.check();
  Object.assign(network, { is: 'lost' });
  void exercise.openReport('s1');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(exercise.get().opened?.problem?.code).toBe('OFFLINE');
  network.is = null;
  await vi.advanceTimersByTimeAsync(6_000);
  expect(exercise.get().opened).toMatchObject({ submission: { submissionId: 's1' }, problem: null });
});

describe('what was done in another tab', () => {
  test('is there when the learner comes back: the newest run and check, hints, attempts and text', async () => {
    const { tab } = await openPage();
    const [first, second] = [await tab(), await tab()];
    await first.exercise.run();
    await first.exercise.check();
    first.exercise.showHint();
    first.exercise.drafts.edit('main.ts', 'typed in the first');
    await vi.advanceTimersByTimeAsync(100);
    void second.exercise.comeBack();
    await vi.advanceTimersByTimeAsync(100);
    const state = second.exercise.get();
    expect(state.run).toMatchObject({ runId: 'r1', status: 'running' });
    expect(state.submission).toMatchObject({ submissionId: 's1', status: 'queued' });
    expect(state.earlier).toHaveLength(1);
    expect(state.hints.shown).toBe(1);
    expect(second.exercise.drafts.files()).toEqual({ 'main.ts': 'typed in the first' });
  });

  test('takes the place of nothing that the learner opened here', async () => {
    const { tab, server } = await openPage();
    const { exercise } = await tab();
    await exercise.run();
    await exercise.run();
    server.runs.forEach((run) => {
      run.status = 'finished';
    });
    await exercise.comeBack();
    await exercise.showRun('r1');
    await exercise.comeBack();
    expect(exercise.get().run.runId).toBe('r1');
  });
});

describe('a check that was not answered', () => {
  test('is not sent by a page that opens on another text', async () => {
    const { network, tab, server } = await openPage();
    const first = await tab();
    Object.assign(network, { is: 'lost', only: '/api/submissions' });
    void first.exercise.check();
    await vi.advanceTimersByTimeAsync(1_000);
    first.exercise.drafts.edit('main.ts', 'gone on since');
    first.close();
    await vi.advanceTimersByTimeAsync(5_000);
    network.is = null;
    const { exercise } = await tab();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.submissions).toEqual([]);
    expect(exercise.get().submission.status).toBe('none');
  });

  test('is not forgotten when another tab gives up its own', async () => {
    const { network, tab, server } = await openPage();
    const [first, second] = [await tab(), await tab()];
    Object.assign(network, { is: 'lost', only: '/api/submissions' });
    void first.exercise.check();
    await vi.advanceTimersByTimeAsync(1_000);
    void second.exercise.check();
    await vi.advanceTimersByTimeAsync(1_000);
    first.exercise.giveUpCheck();
    await vi.advanceTimersByTimeAsync(10);
    second.close();
    await vi.advanceTimersByTimeAsync(5_000);
    network.is = null;
    await tab();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.submissions).toHaveLength(1);
  });
});

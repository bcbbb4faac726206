import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PlatformError } from '#sandbox/errors.ts';
import { openQueue, type QueueOptions } from '#sandbox/grading/queue.ts';
import type { ServerEvent } from '#sandbox/protocol/event.ts';
import type { StoredSubmission } from '#sandbox/store/submission-rows.ts';
import { reportOf } from '../store/store-fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** @param id its learner and a number: `ada 1` */
const submission = (id: string): StoredSubmission => ({
  ...{ id, learnerId: id.split(' ')[0] ?? '', lesson: 'log/append', files: {} },
  ...{ submittedAt: '2026-01-01T00:00:00.000Z', report: null },
});

/** A queue whose gradings end when told to. */
async function openTestQueue({ ungraded = [], ...options }: Partial<QueueOptions> & { ungraded?: StoredSubmission[] } = {}) {
  const running = new Map<string, () => void>();
  const started: string[] = [];
  const events: (ServerEvent & { learnerId: string })[] = [];
  const queue = await openQueue({
    submissions: { ungraded: async () => ungraded, storeReport: async () => true },
    grade: async ({ id }) => {
      started.push(id);
      await new Promise<void>((resolve) => running.set(id, resolve));
      return reportOf(id);
    },
    concurrency: 1,
    publish: (learnerId, event) => events.push({ learnerId, ...event }),
    isListening: () => true,
    onFault: (error) => {
      throw error;
    },
    ...options,
  });
  const finish = async (id: string | undefined = running.keys().next().value) => {
    running.get(id ?? '')?.();
    running.delete(id ?? '');
    await turn();
  };
  const finishAll = async () => {
    while (running.size > 0) await finish();
  };
  const queued = () => events.filter(({ type }) => type === 'submission.queued');
  return { queue, started, running, events, queued, finish, finishAll };
}

describe('learners take turns', () => {
  test("one who hands in four times delays another's by one of them", async () => {
    const { queue, started, finishAll } = await openTestQueue();
    for (const id of ['ada 1', 'ada 2', 'ada 3', 'ada 4', 'bob 1', 'cy 1', 'cy 2']) queue.add(submission(id));
    expect(queue.state('bob 1')?.position).toBe(2);
    await finishAll();
    expect(started).toEqual(['ada 1', 'ada 2', 'bob 1', 'cy 1', 'ada 3', 'cy 2', 'ada 4']);
  });

  test('what was left ungraded at the last end of the server is in turns too', async () => {
    const ungraded = ['ada 1', 'ada 2', 'ada 3', 'bob 1'].map(submission);
    const { started, finishAll } = await openTestQueue({ ungraded });
    await finishAll();
    expect(started).toEqual(['ada 1', 'ada 2', 'bob 1', 'ada 3']);
  });

  test.each([1, 2, 3, 4, 8])('of %i gradings at a time one learner has at most half while others wait', async (concurrency) => {
    const { queue, running, finish, finishAll } = await openTestQueue({ concurrency });
    const most = Math.ceil(concurrency / 2);
    const learners = ['ada', 'bob', 'cy', 'dee'];
    // Everything is there before any of it ends.
    for (const learner of learners) for (let number = 0; number < 10; number++) queue.add(submission(`${learner} ${number}`));
    for (let step = 0; step < concurrency; step++) await finish();
    const runningOf = (learner: string) => [...running.keys()].filter((id) => id.startsWith(learner)).length;
    for (let step = 0; step < 20 - concurrency; step++) {
      expect(Math.max(...learners.map(runningOf))).toBeLessThanOrEqual(most);
      expect(running.size).toBe(concurrency);
      await finish();
    }
    await finishAll();
  });

  test.each([2, 3, 4, 8])(
    'of %i gradings at a time endless ones of one learner take half while others wait',
    async (concurrency) => {
      const { queue, running, finish } = await openTestQueue({ concurrency });
      for (let number = 0; number < 10; number++)
        for (const learner of ['ada', 'bob']) queue.add(submission(`${learner} ${number}`));
      const endless = () => [...running.keys()].filter((id) => id.startsWith('ada'));
      for (let step = 0; step < 10 - concurrency; step++) {
        await finish([...running.keys()].find((id) => id.startsWith('bob')));
        expect([endless().length, running.size]).toEqual([Math.ceil(concurrency / 2), concurrency]);
      }
    },
  );

  test('one who is alone has all of them', async () => {
    const { queue, running } = await openTestQueue({ concurrency: 4 });
    for (let number = 0; number < 6; number++) queue.add(submission(`ada ${number}`));
    expect(running.size).toBe(4);
  });
});

describe('positions', () => {
  test('are those of the turns, and are told on arrival and two seconds after they have changed', async () => {
    const { queue, queued, finish } = await openTestQueue();
    for (const id of ['ada 1', 'ada 2', 'ada 3', 'bob 1']) queue.add(submission(id));
    const told = () =>
      queued()
        .splice(0)
        .map((event) => ('position' in event ? [event.submissionId, event.position] : []));
    expect(told()).toEqual([
      ['ada 1', 1],
      ['ada 2', 1],
      ['ada 3', 2],
      ['bob 1', 2],
    ]);
    expect(['ada 2', 'bob 1', 'ada 3'].map((id) => queue.state(id)?.position)).toEqual([1, 2, 3]);
    await finish();
    const before = queued().length;
    expect(queue.state('bob 1')?.position).toBe(1);
    vi.advanceTimersByTime(2000);
    expect(told().slice(before)).toEqual([['bob 1', 1]]);
    vi.advanceTimersByTime(60_000);
    expect(queued()).toHaveLength(before + 1);
  });

  test('are told to open pages only, and to one that opens later', async () => {
    const listening = new Set(['bob']);
    const { queue, queued, finish } = await openTestQueue({ isListening: (learnerId) => listening.has(learnerId) });
    for (const id of ['ada 1', 'bob 1', 'cy 1', 'bob 2']) queue.add(submission(id));
    const before = queued().length;
    await finish();
    vi.advanceTimersByTime(2000);
    expect(queued().slice(before)).toMatchObject([{ submissionId: 'bob 2', position: 2 }]);
    listening.add('cy');
    await finish();
    vi.advanceTimersByTime(2000);
    expect(queued().slice(before + 1)).toMatchObject([{ submissionId: 'bob 2', position: 1 }]);
  });

  test.each(['nobody listens', 'everybody listens'])(
    'their events grow with the submissions, not with their square: %s',
    async (who) => {
      const eventsOf = async (count: number) => {
        const { queue, queued, finish } = await openTestQueue({ isListening: () => who === 'everybody listens', concurrency: 2 });
        for (let number = 0; number < count; number++) queue.add(submission(`learner${number % 50} ${number}`));
        for (let number = 0; number < count; number++) {
          await finish();
          // All of them take two seconds; as long as a telling pauses.
          vi.advanceTimersByTime(Math.floor(2000 / count));
        }
        return queued().length;
      };
      const [few, many] = [await eventsOf(200), await eventsOf(2000)];
      expect(few).toBeLessThanOrEqual(3 * 200);
      expect(many).toBeLessThanOrEqual(3 * 2000);
    },
  );
});

test('a verdict that a full disk does not take is kept until there is room, however long that is, and told of once', async () => {
  const FULL_FOR = 100;
  let tries = 0;
  const faults: unknown[] = [];
  const full = new PlatformError('DISK_FULL', { message: 'full', hint: 'free some space' });
  const storeReport = async () => {
    tries += 1;
    if (tries <= FULL_FOR) throw full;
    return true;
  };
  const submissions = { ungraded: async () => [], storeReport };
  const onFault = (error: unknown) => faults.push(error);
  const { queue, events, finish } = await openTestQueue({ submissions, onFault, storePauseMs: 0 });
  queue.add(submission('ada 1'));
  await finish();
  expect(queue.state('ada 1')).not.toBeNull();
  await expect.poll(() => events.at(-1)?.type).toBe('submission.finished');
  expect([tries, faults]).toEqual([FULL_FOR + 1, [full]]);
});

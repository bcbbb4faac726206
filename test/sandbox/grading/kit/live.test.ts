import { expect, test, vi } from 'vitest';
import type { GraderContext } from '#sandbox/grading/kit/index.ts';
import { pauseOnce, startAmid } from '#sandbox/grading/kit/index.ts';

const NEVER = Promise.withResolvers<never>().promise;
const RECORDS = Array.from({ length: 200 }, (_, index) => ({ value: `${index}` }));

/** Returns a context whose program has a job after `jobAfterMs` that runs after `runningAfterMs`; the produced records with their times. */
function contextOf({ jobAfterMs, runningAfterMs, ended = NEVER }: StartUp) {
  const startedAt = performance.now();
  const produced: { value: unknown; atMs: number }[] = [];
  const atMs = () => performance.now() - startedAt;
  const jobs = async () =>
    atMs() < jobAfterMs ? [] : [{ statement: 0, state: atMs() < runningAfterMs ? 'INITIALIZING' : 'RUNNING' }];
  const kafka = {
    produce: async (_: string, records: readonly { value?: unknown }[]) => {
      produced.push(...records.map(({ value }) => ({ value, atMs: atMs() })));
      return [];
    },
  };
  const program = { start: async () => ({ jobs, ended, kill: () => NEVER }) };
  // Only what a live round asks for is there.
  const context = { kafka, program } as unknown as GraderContext;
  return { context, produced, atMs };
}

interface StartUp {
  jobAfterMs: number;
  runningAfterMs: number;
  ended?: Promise<never>;
}

test('records arrive before a program has a job, while its jobs start and until the grader stops them, in order', async () => {
  const { context, produced, atMs } = contextOf({ jobAfterMs: 500, runningAfterMs: 900 });
  const live = await startAmid(context, { topic: 'orders', records: RECORDS });
  const runningMs = atMs();
  await vi.waitUntil(() => live.fed() > produced.filter((one) => one.atMs < runningMs).length, { timeout: 5_000 });
  const fed = await live.stopFeeding();
  expect(produced.map(({ value }) => value)).toEqual(RECORDS.slice(0, fed).map(({ value }) => value));
  const [before, starting, after] = [
    produced.filter((one) => one.atMs < 500),
    produced.filter((one) => one.atMs >= 500 && one.atMs < 900),
    produced.filter((one) => one.atMs >= runningMs),
  ];
  expect([before.length, starting.length, after.length].every((count) => count > 0)).toBe(true);
  expect(starting.length / 400).toBeGreaterThan(before.length / 500);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(produced).toHaveLength(fed);
});

test('rows are awaited longer on a machine on which jobs take longer to start', async () => {
  const fast = await startAmid(contextOf({ jobAfterMs: 0, runningAfterMs: 0 }).context, { topic: 'orders', records: [] });
  const slow = await startAmid(contextOf({ jobAfterMs: 0, runningAfterMs: 800 }).context, { topic: 'orders', records: [] });
  expect(slow.waiting.limitMs).toBeGreaterThan(fast.waiting.limitMs + 1_600);
});

test('a program that has ended without a job is not waited for', async () => {
  const { context } = contextOf({ jobAfterMs: 1e9, runningAfterMs: 1e9, ended: Promise.resolve() as Promise<never> });
  const live = await startAmid(context, { topic: 'orders', records: RECORDS });
  expect(await live.stopFeeding()).toBeLessThan(RECORDS.length);
});

test('a submission pauses in one of its rounds', async () => {
  vi.useFakeTimers();
  try {
    const paused: number[] = [];
    const rounds = [1, 2].map((round) => pauseOnce({ round }).then(() => paused.push(round)));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(paused).toEqual([1]);
    await vi.runAllTimersAsync();
    await Promise.all(rounds);
    expect(paused).toEqual([1, 2]);
  } finally {
    vi.useRealTimers();
  }
});

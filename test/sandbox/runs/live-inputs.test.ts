import { expect, test } from 'vitest';
import type { InputRecord } from '#sandbox/generators/generator.ts';
import { feedLive } from '#sandbox/runs/live-inputs.ts';

const records = (count: number): InputRecord[] =>
  Array.from({ length: count }, (_, index) => ({ key: 'k', value: String(index) }));

function collector() {
  const produced: { topic: string; value: string; atMs: number }[] = [];
  const start = performance.now();
  const produce = async (topic: string, batch: readonly InputRecord[]) => {
    produced.push(...batch.map(({ value }) => ({ topic, value, atMs: performance.now() - start })));
  };
  return { produced, produce };
}

test('records come in order, none before its time, until they are used up', async () => {
  const { produced, produce } = collector();
  await feedLive({ produce }, [{ topic: 'orders', records: records(20), perSecond: 50 }], new AbortController().signal);
  expect(produced.map(({ value }) => value)).toEqual(records(20).map(({ value }) => value));
  // Timers and this clock may differ by a millisecond.
  expect(produced.every(({ atMs }, index) => atMs >= (index + 1) * 20 - 2)).toBe(true);
});

test('each input has its own pace, and nothing comes after the end of the run', async () => {
  const { produced, produce } = collector();
  const ended = new AbortController();
  const feeding = feedLive(
    { produce },
    [
      { topic: 'slow', records: records(100), perSecond: 0.2 },
      { topic: 'fast', records: records(100), perSecond: 50 },
    ],
    ended.signal,
  );
  await expect.poll(() => produced.length).toBeGreaterThan(3);
  ended.abort();
  await feeding;
  const { length } = produced;
  expect(produced.every(({ topic }) => topic === 'fast')).toBe(true);
  await new Promise((resolve) => setImmediate(resolve));
  expect(produced).toHaveLength(length);
});

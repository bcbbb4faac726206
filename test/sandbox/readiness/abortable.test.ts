import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { abortable } from '#sandbox/readiness/abortable.ts';

test.each([
  ['before it was waited for', true],
  ['while it was waited for', false],
])("work that fails after its signal aborted %s is nobody's error", async (_when, isEarly) => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  const stop = new AbortController();
  const work = Promise.withResolvers<never>();
  if (isEarly) stop.abort(new Error('stopped'));
  const waiting = abortable(work.promise, stop.signal);
  if (!isEarly) stop.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
  work.reject(new Error('too late'));
  await turn();
  await turn();
  expect(unhandled).toEqual([]);
});

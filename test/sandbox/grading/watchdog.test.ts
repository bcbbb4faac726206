import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startWatchdog } from '#sandbox/grading/watchdog.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('it barks once when the limit has passed, and not before', () => {
  const bark = vi.fn();
  startWatchdog(1000, bark);
  vi.advanceTimersByTime(999);
  expect(bark).not.toHaveBeenCalled();
  vi.advanceTimersByTime(5000);
  expect(bark).toHaveBeenCalledTimes(1);
});

test('time of rest does not count, also when two rest at once', () => {
  const bark = vi.fn();
  const watchdog = startWatchdog(1000, bark);
  vi.advanceTimersByTime(600);
  watchdog.rest();
  watchdog.rest();
  vi.advanceTimersByTime(60_000);
  watchdog.resume();
  vi.advanceTimersByTime(60_000);
  watchdog.resume();
  vi.advanceTimersByTime(399);
  expect(bark).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(bark).toHaveBeenCalledTimes(1);
});

test('it is quiet once it is disposed', () => {
  const bark = vi.fn();
  startWatchdog(1000, bark)[Symbol.dispose]();
  vi.advanceTimersByTime(5000);
  expect(bark).not.toHaveBeenCalled();
});

import { expect, test } from 'vitest';
import { SaveTimer } from '../../../site/src/client/drafts/save-timer.ts';

function setUp() {
  const alarms: { ms: number; run: () => void; isCancelled: boolean }[] = [];
  let saves = 0;
  const timer = new SaveTimer({
    now: () => 0,
    later: (ms, run) => {
      const alarm = { ms, run, isCancelled: false };
      alarms.push(alarm);
      return () => {
        alarm.isCancelled = true;
      };
    },
    save: () => saves++,
  });
  const due = () => alarms.filter(({ isCancelled }) => !isCancelled).map(({ ms }) => ms);
  return { timer, alarms, due, saves: () => saves };
}

test('edits in a row are saved once, a moment after the first', () => {
  const { timer, alarms, due, saves } = setUp();
  timer.saveIn();
  timer.saveIn();
  expect(due()).toEqual([700]);
  alarms[0]?.run();
  expect(saves()).toBe(1);
});

test('an earlier time takes the place of a later one', () => {
  const { timer, due } = setUp();
  timer.saveIn(5000);
  timer.saveIn();
  expect(due()).toEqual([700]);
});

test('each failure waits longer, up to eight seconds, until one succeeds', () => {
  const { timer } = setUp();
  expect([timer.failed(), timer.failed(), timer.failed(), timer.failed(), timer.failed()]).toEqual([
    1000, 2000, 4000, 8000, 8000,
  ]);
  expect(timer.hasFailed).toBe(true);
  timer.succeeded();
  expect([timer.hasFailed, timer.failed()]).toEqual([false, 1000]);
});

test('what the server refuses for good waits for the next edit', () => {
  const { timer, due } = setUp();
  timer.refused();
  expect([timer.hasFailed, due()]).toEqual([true, []]);
});

test('a server that says when to try again is not asked before, also while typing goes on', () => {
  const { timer, due } = setUp();
  timer.saveIn(timer.failed(3000));
  timer.saveIn();
  timer.saveIn(0);
  expect(due()).toEqual([3000]);
});

test('a server that answered, and a network that is back, end the wait', () => {
  const { timer, due } = setUp();
  timer.failed(3000);
  timer.succeeded();
  timer.saveIn();
  expect(due()).toEqual([700]);
});

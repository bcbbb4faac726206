import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { StartedService } from '#sandbox/providers/provider.ts';
import { keepRunning } from '#sandbox/services/service/keep-running.ts';

type Life = StartedService & { end: () => void };

function life(pid: number): Life {
  const ended = Promise.withResolvers<Awaited<StartedService['ended']>>();
  const end = () => ended.resolve({ exitCode: 1, signal: null, logTail: '' });
  return {
    ...{ name: 'kafka', endpoints: {}, inside: {}, pid, isChild: false, ended: ended.promise, end },
    kill: async () => end(),
    [Symbol.asyncDispose]: async () => end(),
  };
}

function setUp() {
  const lives = [life(1)];
  const faults: unknown[] = [];
  const machine = { isThere: true, refuses: false };
  const clock = { ms: 0, alarms: [] as { atMs: number; ring: () => void }[] };
  const kept = keepRunning(lives[0]!, {
    provider: { answers: async () => machine.isThere },
    restart: async () => {
      if (machine.refuses) throw new Error('no port');
      lives.push(life(lives.length + 1));
      return lives.at(-1)!;
    },
    onFault: (error) => faults.push(error),
    now: () => clock.ms,
    pause: (ms, signal) =>
      new Promise((ring) => {
        clock.alarms.push({ atMs: clock.ms + ms, ring });
        signal.addEventListener('abort', () => ring());
      }),
  });
  const nextAlarm = (end: number) => {
    const next = clock.alarms.findIndex(({ atMs }) => atMs <= end);
    return next < 0 ? undefined : clock.alarms.splice(next, 1)[0];
  };
  /** Lets so much time pass, and all that happens in it happen. */
  const settle = async (ms = 0) => {
    const end = clock.ms + ms;
    await nextTurn();
    for (let next = nextAlarm(end); next; next = nextAlarm(end)) {
      clock.ms = next.atMs;
      next.ring();
      await nextTurn();
    }
    clock.ms = end;
  };
  return { kept, lives, faults, machine, settle };
}

test('one that ends by itself is started again, as another incarnation', async () => {
  const { kept, lives, settle } = setUp();
  const before = kept.incarnation;
  expect(kept.incarnation).toBe(before);
  lives[0]?.end();
  await settle();
  expect({ state: kept.state(), pid: kept.current().pid }).toEqual({ state: 'ready', pid: 2 });
  expect(kept.incarnation).not.toBe(before);
});

test('one that keeps ending is started again for ever, after pauses that double up to a minute', async () => {
  const { kept, lives, settle } = setUp();
  lives[0]?.end();
  await settle();
  expect({ state: kept.state(), lives: lives.length }).toEqual({ state: 'ready', lives: 2 });
  for (const [index, seconds] of [1, 2, 4, 8, 16, 32, 60, 60, 60].entries()) {
    lives.at(-1)?.end();
    await settle();
    const state = seconds > 10 ? 'failed' : 'starting';
    expect({ state: kept.state(), next: kept.nextRestartMs() }).toEqual({ state, next: seconds * 1000 });
    await settle(seconds * 1000 - 1);
    expect({ lives: lives.length, next: kept.nextRestartMs() }).toEqual({ lives: index + 2, next: 1 });
    await settle(1);
    expect({ state: kept.state(), next: kept.nextRestartMs() }).toEqual({ state: 'ready', next: null });
  }
});

test('one that ends now and then is started again immediately', async () => {
  const { kept, lives, settle } = setUp();
  for (let count = 0; count < 12; count++) {
    await settle(11 * 60_000);
    lives.at(-1)?.end();
    await settle();
    expect(kept.state()).toBe('ready');
  }
});

test('while what runs it is away nothing is tried, and it comes back with it', async () => {
  const { kept, lives, machine, settle } = setUp();
  machine.isThere = false;
  lives[0]?.end();
  await settle(60_000);
  expect({ state: kept.state(), lives: lives.length }).toEqual({ state: 'starting', lives: 1 });
  machine.isThere = true;
  await settle(500);
  expect({ state: kept.state(), lives: lives.length }).toEqual({ state: 'ready', lives: 2 });
});

test('a restart that fails is told and tried again, after a pause that doubles', async () => {
  const { kept, lives, faults, machine, settle } = setUp();
  machine.refuses = true;
  lives[0]?.end();
  await settle();
  expect(faults).toHaveLength(1);
  await settle(999);
  expect(faults).toHaveLength(1);
  await settle(1);
  expect(faults).toHaveLength(2);
  await settle(1999);
  expect(faults).toHaveLength(2);
  machine.refuses = false;
  await settle(1);
  expect(kept.state()).toBe('ready');
});

test('one that is closed ends and stays ended', async () => {
  const { kept, lives, settle } = setUp();
  await kept[Symbol.asyncDispose]();
  await settle(60_000);
  expect(lives).toHaveLength(1);
});

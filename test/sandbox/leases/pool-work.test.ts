import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { PoolWork } from '#sandbox/leases/pool-work.ts';

function setUp({ end = async (_item: string) => undefined }: { end?: (item: string) => Promise<undefined> } = {}) {
  const making: PromiseWithResolvers<string>[] = [];
  const told: string[] = [];
  const work = new PoolWork<string>({
    make: (tell) => {
      tell('starting');
      const one = Promise.withResolvers<string>();
      making.push(one);
      return one.promise;
    },
    end,
    tell: (message) => told.push(message),
    onFailed: (error) => told.push(`failed: ${error}`),
    onEnded: () => told.push('ended'),
    onFault: (error) => told.push(`fault: ${error}`),
  });
  return { work, making, told };
}

test('what is made takes room while it starts, and is handed on', async () => {
  const { work, making, told } = setUp();
  const made: string[] = [];
  work.begin((item) => void made.push(item));
  expect(work.starting).toBe(1);
  making[0]?.resolve('one');
  await nextTurn();
  expect({ made, starting: work.starting, told }).toEqual({ made: ['one'], starting: 0, told: ['starting'] });
});

test('a failure to make one is reported, and its room is free', async () => {
  const { work, making, told } = setUp();
  work.begin(() => undefined);
  making[0]?.reject('no memory');
  await nextTurn();
  expect({ starting: work.starting, told }).toEqual({ starting: 0, told: ['starting', 'failed: no memory'] });
});

test('what ends keeps its room until it has ended, also when ending it fails', async () => {
  const ending = Promise.withResolvers<undefined>();
  const { work, told } = setUp({ end: () => ending.promise });
  const finished = work.finish('one');
  expect(work.ending).toBe(1);
  ending.reject('it hangs');
  await finished;
  expect({ ending: work.ending, told }).toEqual({ ending: 0, told: ['fault: it hangs', 'ended'] });
});

test('closing ends every item, waits for what is under way, and reports nothing more', async () => {
  const ended: string[] = [];
  const { work, making, told } = setUp({ end: async (item) => void ended.push(item) });
  work.begin((item) => work.finish(item));
  work.begin(() => undefined);
  const closing = work.close(['spare']);
  expect(work.isClosed).toBe(true);
  making[0]?.resolve('late');
  making[1]?.reject('stopped');
  await closing;
  expect({ ended, told }).toEqual({ ended: ['spare', 'late'], told: ['starting', 'starting'] });
});

import { expect, test } from 'vitest';
import { openWorkspaceRoom } from '#sandbox/leases/workspace-room.ts';

const LIMITS = { spares: 2, mostSpares: 5, least: 3, reserveMb: 0 };
const NONE = { lent: 0, spare: 0, starting: 0 };

function setUp({ eachMb = 50, freeMb = 1000 } = {}) {
  const clock = { ms: 0 };
  const room = openWorkspaceRoom({ limits: LIMITS, eachMb: () => eachMb, freeMb: () => freeMb, now: () => clock.ms });
  return { clock, room };
}

test('as many are kept warm as were taken in the last minute, between two bounds', () => {
  const { clock, room } = setUp();
  expect(room.spares()).toBe(2);
  for (let count = 0; count < 4; count++) room.take();
  expect(room.spares()).toBe(4);
  for (let count = 0; count < 4; count++) room.take();
  expect(room.spares()).toBe(5);
  clock.ms = 60_000;
  expect(room.spares()).toBe(2);
});

test('there may be as many more as free memory holds, those that are starting counted as not in it yet', () => {
  const { room } = setUp({ freeMb: 500 });
  expect(room.cap(NONE)).toBe(10);
  expect(room.cap({ lent: 4, spare: 1, starting: 2 })).toBe(15);
});

test('some are opened in whatever memory there is', () => {
  const { room } = setUp({ freeMb: 10 });
  expect(room.cap(NONE)).toBe(LIMITS.least);
  expect(room.cap({ lent: 6, spare: 0, starting: 0 })).toBe(6);
});

test('where one costs nothing none is kept warm and there is no limit', () => {
  const { room } = setUp({ eachMb: 0 });
  room.take();
  expect([room.spares(), room.cap(NONE)]).toEqual([0, Number.POSITIVE_INFINITY]);
});

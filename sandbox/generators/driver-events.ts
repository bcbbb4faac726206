import { z } from 'zod';
import { type ClockChangeDay, crossesAll, drawClockChangeDay } from './clock-change-day.ts';
import type { EdgeCase, Generator } from './generator.ts';
import { defaultPartition, murmur2 } from './partitioner.ts';
import type { Random } from './random.ts';

const STEPS = ['accepted', 'arrived', 'picked-up', 'en-route', 'en-route', 'dropped-off'] as const;

const driverEventSchema = z.strictObject({
  /** Unique within a draw. */
  id: z.string(),
  driver: z.string(),
  trip: z.string(),
  type: z.enum(STEPS),
  /** Changes during a trip. */
  zone: z.string(),
  /** Time on the driver's phone, whose clock may be set back. */
  at: z.string(),
});

export type DriverEvent = z.infer<typeof driverEventSchema>;

const ZONES = ['airport', 'harbour', 'museum', 'north', 'old-town', 'south', 'station', 'university'];
/** All of them drive in every round from the second: a key that folds letters, cuts them or drops them is that of two drivers. */
const FOREIGN_DRIVERS = ['zoë', 'zoé', 'zoe', 'Zoë', 'łukasz', '王芳', 'нина'];
const PARTITION_COUNTS = [3, 4, 5, 6, 7];
const STEP_MS = 7_000;

const inNames = (isIn: (names: readonly string[]) => boolean): EdgeCase<DriverEvent> => ({
  fromRound: 2,
  isIn: ({ settled }) => isIn([...new Set(settled.map(({ driver }) => driver))]),
});
const areAlike = (plain: (name: string) => string) => inNames((names) => new Set(names.map(plain)).size < names.length);
const timed = (what: keyof ReturnType<typeof crossesAll>): EdgeCase<DriverEvent> => ({
  fromRound: 1,
  isIn: ({ settled }) =>
    [...Map.groupBy(settled, ({ driver }) => driver).values()].some((own) => crossesAll(own.map(({ at }) => at))[what]),
});

/**
 * Interleaved events from the phones of 8 to 12 drivers, each driver's events in the order they happened: a part of them while clocks
 * change, the rest around midnight at the end of that month. For every partition count from 3 to 7, Kafka's partitioner uses at least
 * two partitions, and partitioners that are nearly Kafka's, or count other partitions, put at least one driver
 * elsewhere. Each driver makes at least two trips through several zones, and at least one phone's clock is set back.
 */
export const driverEvents: Generator<DriverEvent> = {
  schema: driverEventSchema,
  edgeCases: {
    'two drivers whose names have no letter in ASCII': inNames(
      (names) => names.filter((name) => !/[a-z]/i.test(name)).length > 1,
    ),
    'two drivers that differ only outside ASCII': areAlike((name) => name.replace(/\P{ASCII}/gu, '')),
    'two drivers that differ only in accents': areAlike((name) => name.normalize('NFD').replace(/\p{M}/gu, '')),
    'two drivers that differ only in case': areAlike((name) => name.toLowerCase()),
    'a driver whose name Latin-1 cannot write': inNames((names) => names.some((name) => /[^\0-\u00ff]/.test(name))),
    'drivers with a number and drivers without': inNames((names) => new Set(names.map((name) => /\d/.test(name))).size === 2),
    'a driver who is in one zone for two events': {
      fromRound: 2,
      isIn: ({ settled }) =>
        [...Map.groupBy(settled, ({ driver }) => driver).values()].some((own) =>
          own.some(({ zone }, index) => zone === own[index - 1]?.zone),
        ),
    },
    'a driver on both sides of midnight': timed('midnight'),
    "a driver on both sides of a month's end": timed('monthsEnd'),
    'a driver on both sides of a change of clocks': timed('clockChange'),
  },
  draw: ({ random, count, edgeCases }) => {
    const day = drawClockChangeDay(random, edgeCases);
    const drivers = drawDrivers(random, edgeCases);
    const turns = drawTurns(random, { count, drivers: drivers.length });
    const ids = drawIds(random, count);
    const done = new Map<string, number>();
    return turns.map((turn, index) => {
      const driver = drivers[turn] ?? '';
      const step = done.get(driver) ?? 0;
      done.set(driver, step + 1);
      return {
        id: ids[index] ?? '',
        ...drawStep(driver, { turn, step, edgeCases }),
        at: phoneClock(timeOf(index, count, day), { turn, step }),
      };
    });
  },
  toRecord: (event) => ({ key: event.driver, value: JSON.stringify(event) }),
};

/** Returns whose turn it is: in each of `PARTS` parts of the events, each driver as often as the rest. */
function drawTurns(random: Random, { count, drivers }: { count: number; drivers: number }): number[] {
  const all = Array.from({ length: count }, (_, index) => index % drivers);
  return Array.from({ length: PARTS }, (_, part) =>
    random.shuffle(all.slice(startOf(part, count), startOf(part + 1, count))),
  ).flat();
}

/** The events before and after the clocks change, and those before and after midnight. */
const PARTS = 4;

function startOf(part: number, count: number): number {
  return Math.floor((part * count) / PARTS);
}

/** Returns when an event happened: the first half of all events around the change of clocks, the second around the end of the month. */
function timeOf(index: number, count: number, { clocksChangeAt, monthEndsAt }: ClockChangeDay): number {
  const [edge, centre] = index < startOf(2, count) ? [clocksChangeAt, startOf(1, count)] : [monthEndsAt, startOf(3, count)];
  return edge + (index - centre) * STEP_MS;
}

function drawStep(driver: string, { turn, step, edgeCases }: { turn: number; step: number; edgeCases: boolean }) {
  const trip = Math.floor(step / STEPS.length);
  // With edge cases, a passenger is picked up where the driver has arrived.
  const pickUps = edgeCases ? Math.floor((step + STEPS.length - STEPS.indexOf('picked-up')) / STEPS.length) : 0;
  const zone = ZONES[(step - pickUps + 3 * turn) % ZONES.length] ?? 'station';
  return { driver, trip: `${driver}/${trip + 1}`, type: STEPS[step % STEPS.length] ?? 'en-route', zone };
}

/** Returns the phone's time; every third driver's clock is set back an hour before the fourth event. */
function phoneClock(at: number, { turn, step }: { turn: number; step: number }): string {
  const setBackMs = turn % 3 === 0 && step >= 3 ? 3_600_000 : 0;
  return new Date(at - setBackMs).toISOString();
}

function drawDrivers(random: Random, edgeCases: boolean): string[] {
  for (;;) {
    const numbers = random.shuffle(Array.from({ length: 89 }, (_, index) => index + 11));
    const named = edgeCases ? FOREIGN_DRIVERS : [];
    const numbered = numbers.slice(0, random.int(edgeCases ? 10 : 8, 12) - named.length).map((number) => `driver-${number}`);
    const drivers = random.shuffle([...named, ...numbered]);
    if (PARTITION_COUNTS.every((partitions) => tellsPartitionersApart(drivers, partitions))) return drivers;
  }
}

function tellsPartitionersApart(drivers: readonly string[], partitions: number): boolean {
  const placesOf = (count: number) => drivers.map((driver) => defaultPartition(driver, count));
  const used = new Set(placesOf(partitions));
  if (used.size < 2) return false;
  const isOfAnother = (count: number) => count !== partitions && isSame(placesOf(count), placesOf(partitions));
  if (PARTITION_COUNTS.some(isOfAnother)) return false;
  return NEARLY_KAFKA.every((hash) =>
    drivers.some((driver) => hash(driver) % partitions !== defaultPartition(driver, partitions)),
  );
}

function isSame(some: readonly number[], others: readonly number[]): boolean {
  return some.every((one, index) => one === others[index]);
}

/** Hashes that look right: murmur2 made positive by other means, and what you might write without knowing murmur2. */
const NEARLY_KAFKA: readonly ((key: string) => number)[] = [
  (key) => Math.abs(murmur2(new TextEncoder().encode(key))),
  (key) => [...key].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0),
  (key) => Math.abs([...key].reduce((hash, character) => (Math.imul(hash, 31) + character.charCodeAt(0)) | 0, 0)),
  (key) => Number(key.match(/\d+$/)?.[0] ?? key.length),
];

function drawIds(random: Random, count: number): string[] {
  const ids = new Set<string>();
  while (ids.size < count) ids.add(`e-${random.int(0x10000, 0xfffff).toString(16)}`);
  return [...ids];
}

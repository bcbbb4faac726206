import { z } from 'zod';
import type { Generator } from './generator.ts';
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
const FOREIGN_DRIVERS = ['łukasz', 'zoë', '王芳', 'нина', 'josé', 'आरव'];
const PARTITION_COUNTS = [3, 4, 5, 6, 7];
const FIRST_EVENT_AT = Date.UTC(2026, 2, 2, 6, 0, 0);

/**
 * Interleaved events from the phones of 8 to 12 drivers, each driver's events in the order they happened. For every partition count
 * from 3 to 7, Kafka's partitioner uses at least two partitions, and partitioners that are nearly Kafka's put at least one driver
 * elsewhere. Each driver makes at least two trips through several zones, and at least one phone's clock is set back.
 */
export const driverEvents: Generator<DriverEvent> = {
  schema: driverEventSchema,
  edgeCases: {
    'two drivers whose names are not ASCII': {
      fromRound: 2,
      isIn: ({ settled }) => new Set(settled.map(({ driver }) => driver).filter((name) => /\P{ASCII}/u.test(name))).size === 2,
    },
  },
  draw: ({ random, count, edgeCases }) => {
    const drivers = drawDrivers(random, edgeCases);
    const turns = random.shuffle(Array.from({ length: count }, (_, index) => index % drivers.length));
    const ids = drawIds(random, count);
    const done = new Map<string, number>();
    return turns.map((turn, index) => {
      const driver = drivers[turn] ?? '';
      const step = done.get(driver) ?? 0;
      done.set(driver, step + 1);
      return { id: ids[index] ?? '', ...drawStep(driver, { turn, step }), at: phoneClock(index, { turn, step }) };
    });
  },
  toRecord: (event) => ({ key: event.driver, value: JSON.stringify(event) }),
};

function drawStep(driver: string, { turn, step }: { turn: number; step: number }) {
  const trip = Math.floor(step / STEPS.length);
  const zone = ZONES[(step + 3 * turn) % ZONES.length] ?? 'station';
  return { driver, trip: `${driver}/${trip + 1}`, type: STEPS[step % STEPS.length] ?? 'en-route', zone };
}

/** Returns the phone's time; every third driver's clock is set back an hour before the fourth event. */
function phoneClock(index: number, { turn, step }: { turn: number; step: number }): string {
  const setBackMs = turn % 3 === 0 && step >= 3 ? 3_600_000 : 0;
  return new Date(FIRST_EVENT_AT + index * 7_000 - setBackMs).toISOString();
}

function drawDrivers(random: Random, edgeCases: boolean): string[] {
  for (;;) {
    const numbers = random.shuffle(Array.from({ length: 89 }, (_, index) => index + 11));
    const drivers = numbers.slice(0, random.int(8, 12)).map((number) => `driver-${number}`);
    if (edgeCases) drivers.splice(0, 2, ...random.shuffle(FOREIGN_DRIVERS).slice(0, 2));
    if (PARTITION_COUNTS.every((partitions) => tellsPartitionersApart(drivers, partitions))) return drivers;
  }
}

function tellsPartitionersApart(drivers: readonly string[], partitions: number): boolean {
  const used = new Set(drivers.map((driver) => defaultPartition(driver, partitions)));
  if (used.size < 2) return false;
  return NEARLY_KAFKA.every((hash) =>
    drivers.some((driver) => hash(driver) % partitions !== defaultPartition(driver, partitions)),
  );
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

import { Partitioners } from 'kafkajs';
import { expect, test } from 'vitest';
import { type DriverEvent, driverEvents } from '#sandbox/generators/driver-events.ts';
import { defaultPartition } from '#sandbox/generators/partitioner.ts';
import { createRandom } from '#sandbox/generators/random.ts';

const DRAWS = Array.from({ length: 200 }, (_, seed) =>
  driverEvents.draw({ random: createRandom(seed, 'events'), count: 150, edgeCases: seed % 2 === 1 }),
);
const PARTITIONS = [3, 4, 5, 6, 7];
type Place = (event: DriverEvent, index: number) => number;

/** Returns whether the events of any driver are in two partitions or more. */
function tearsADriverApart(events: readonly DriverEvent[], place: Place): boolean {
  const places = new Map<string, Set<number>>();
  for (const [index, event] of events.entries()) {
    places.set(event.driver, (places.get(event.driver) ?? new Set()).add(place(event, index)));
  }
  return [...places.values()].some((partitions) => partitions.size > 1);
}

test('with the driver as key, the default partitioner uses at least two partitions, however many there are', () => {
  for (const events of DRAWS) {
    for (const partitions of PARTITIONS) {
      const used = new Set(events.map(({ driver }) => defaultPartition(driver, partitions)));
      expect(used.size).toBeGreaterThan(1);
    }
  }
});

test("records without a key spread a driver's events over partitions, wherever round-robin begins", () => {
  for (const events of DRAWS) {
    for (const partitions of PARTITIONS) {
      for (let start = 0; start < partitions; start++) {
        expect(tearsADriverApart(events, (_, index) => (start + index) % partitions)).toBe(true);
      }
    }
  }
});

test.each(['id', 'trip', 'zone', 'type'] as const)("with the %s as key, a driver's events spread over partitions", (field) => {
  for (const events of DRAWS) {
    for (const partitions of PARTITIONS)
      expect(tearsADriverApart(events, (event) => defaultPartition(event[field], partitions))).toBe(true);
  }
});

test("kafkajs's LegacyPartitioner puts a driver elsewhere", () => {
  const legacy = Partitioners.LegacyPartitioner();
  for (const events of DRAWS) {
    for (const partitions of PARTITIONS) {
      const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({ partitionId, leader: 1 }));
      const differs = events.some(
        ({ driver }) =>
          legacy({ topic: 't', partitionMetadata: partitionMetadata as never, message: { key: driver, value: null } }) !==
          defaultPartition(driver, partitions),
      );
      expect(differs).toBe(true);
    }
  }
});

test("sorting by the phones' clocks, or reversing, changes the order of a driver's events", () => {
  for (const events of DRAWS) {
    const orderOf = (list: readonly DriverEvent[]) => Object.fromEntries(Map.groupBy(list, ({ driver }) => driver));
    expect(orderOf(events.toSorted((left, right) => left.at.localeCompare(right.at)))).not.toEqual(orderOf(events));
    expect(orderOf(events.toReversed())).not.toEqual(orderOf(events));
  }
});

test("drivers' events are interleaved, each has a unique id, and each driver makes at least two trips", () => {
  for (const events of DRAWS) {
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    const changes = events.filter(({ driver }, index) => driver !== events[index - 1]?.driver).length;
    expect(changes).toBeGreaterThan(events.length / 2);
    for (const own of Map.groupBy(events, ({ driver }) => driver).values()) {
      expect(new Set(own.map(({ trip }) => trip)).size).toBeGreaterThan(1);
    }
  }
});

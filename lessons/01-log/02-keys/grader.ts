import { type DriverEvent, driverEvents } from '#sandbox/generators/driver-events.ts';
import { itemsOf } from '#sandbox/generators/generator.ts';
import { defaultPartition } from '#sandbox/generators/partitioner.ts';
import {
  bytesId,
  counted,
  defineGrader,
  evidenceOf,
  expectEnded,
  expectOrder,
  expectSameRecords,
  fail,
  type KafkaRecord,
  textOf,
} from '#sandbox/grading/kit/index.ts';

export default defineGrader(async ({ kafka, program, inputs, check }) => {
  const events = itemsOf(driverEvents, inputs['driver-events']);
  const partitions = kafka.partitions('driver-events');
  await program.run();
  const stored = await kafka.readAll('driver-events');
  const removed = await kafka.removed('driver-events');
  const { length: uncommitted } = stored.length < events.length ? await kafka.uncommitted('driver-events') : [];

  let records = new Map<string, KafkaRecord>();
  await check('published', () => {
    records = expectSameRecords(stored, { items: events, noun: 'event', topic: 'driver-events', program, removed, uncommitted });
  });
  await check('same-partition', { needs: 'published' }, () => {
    for (const [driver, own] of mostTornFirst(events, records)) expectTogether(driver, own, records);
  });
  await check('order', { needs: 'same-partition' }, () => {
    const clocks = new Map(events.map(({ id, at }) => [id, at]));
    for (const [driver, own] of Map.groupBy(events, (event) => event.driver)) {
      const whose = `The events of ${driver}`;
      expectOrder({ items: own, records, whose, clockOf: (id) => clocks.get(id) ?? '', diagnosis: 'DRIVER_ORDER_LOST' });
    }
  });
  await check('spread', { needs: 'published' }, () => expectSpread(events, records, partitions));
  await check('placement', { needs: 'published' }, () => expectPlacement(stored, partitions));
  await check('ends', { needs: 'published' }, () => expectEnded(program));
});

/** Returns the events of each driver; of drivers with several keys, some may have all of them in one partition by luck. */
function mostTornFirst(events: readonly DriverEvent[], records: ReadonlyMap<string, KafkaRecord>): [string, DriverEvent[]][] {
  const partitionsOf = (own: readonly DriverEvent[]) => new Set(own.map(({ id }) => records.get(id)?.partition)).size;
  return [...Map.groupBy(events, ({ driver }) => driver)].sort(([, one], [, other]) => partitionsOf(other) - partitionsOf(one));
}

/** Fails unless one driver's events share a partition, and one key, which keeps them together when partitions are added. */
function expectTogether(driver: string, events: readonly DriverEvent[], records: ReadonlyMap<string, KafkaRecord>): void {
  const own = events.flatMap(({ id }) => records.get(id) ?? []);
  const byPartition = [...Map.groupBy(own, ({ partition }) => partition)].sort(([left], [right]) => left - right);
  const keys = new Set(own.map(({ key }) => bytesId(key)));
  if (byPartition.length === 1 && keys.size === 1) return;
  const parts = byPartition.map(([partition, list]) => `${list.length} in partition ${partition}`).join(', ');
  fail({
    message: `${driver} has ${counted(own.length, 'event')} with ${keysInWords(keys)}: ${parts}.`,
    expected: 'All events of one driver under one key, and so in one partition.',
    question:
      byPartition.length > 1 ? 'What chooses the partition?' : 'Where would these records be if the topic had more partitions?',
    diagnosis: keys.has(null) ? 'MISSING_KEY' : keys.size > 1 ? 'KEY_TOO_FINE' : 'OTHER_PARTITIONER',
    evidence: byPartition
      .flatMap(([, list]) => list.slice(0, 3))
      .map((record) =>
        evidenceOf(record, { observed: `partition ${record.partition}`, expected: 'one partition for this driver' }),
      ),
  });
}

function keysInWords(keys: ReadonlySet<string | null>): string {
  if (keys.has(null)) return keys.size === 1 ? 'no key' : 'a key on some and none on the rest';
  return keys.size === 1 ? 'one key' : counted(keys.size, 'different key');
}

/**
 * Fails unless the keys divide the work as far as the order allows: more than one partition, and no key shared by two drivers. Keys that
 * Kafka's partitioner itself puts into one partition divide it: with more partitions they spread.
 */
function expectSpread(events: readonly DriverEvent[], records: ReadonlyMap<string, KafkaRecord>, partitions: number): void {
  const stored = [...records.values()];
  const used = new Set(stored.map(({ partition }) => partition));
  const keys = new Set(stored.map(({ key }) => bytesId(key)));
  const isChosen = keys.size > 1 && stored.every(({ key, partition }) => key && partition === defaultPartition(key, partitions));
  if (used.size === 1 && !isChosen) failOnePartition(stored, partitions);
  const driverOf = new Map<string, string>();
  for (const { id, driver } of events) {
    const record = records.get(id);
    const key = record && bytesId(record.key);
    if (!record || typeof key !== 'string') continue;
    const other = driverOf.get(key) ?? driver;
    if (other !== driver) failSharedKey(record, [other, driver]);
    driverOf.set(key, driver);
  }
}

function failOnePartition(stored: readonly KafkaRecord[], partitions: number): never {
  const haveKeys = new Set(stored.map(({ key }) => bytesId(key))).size > 1;
  return fail({
    message: `All ${counted(stored.length, 'event')} are in partition ${stored[0]?.partition}, one of ${partitions}. The order is kept, but the parallelism is lost.`,
    expected: 'More than one partition holds events.',
    question: haveKeys ? 'What chooses the partition?' : 'Must the events of two different drivers be in order?',
    diagnosis: 'ONE_PARTITION',
    evidence: stored
      .slice(0, 3)
      .map((record) =>
        evidenceOf(record, { observed: textOf(record.key) ?? 'no key', expected: 'a key that differs between drivers' }),
      ),
  });
}

function failSharedKey(record: KafkaRecord, [one, other]: readonly [string, string]): never {
  return fail({
    message: `${one} and ${other} share the key "${textOf(record.key)}", so they can never be read at the same time.`,
    expected: 'Two drivers have two keys.',
    question: 'What tells these two drivers apart, and is it in the key?',
    diagnosis: 'KEY_TOO_COARSE',
    evidence: [evidenceOf(record, { observed: textOf(record.key), expected: `a key that only ${other} has` })],
  });
}

/** Fails unless every key is in the partition that Kafka's default partitioner chooses. */
function expectPlacement(stored: readonly KafkaRecord[], partitions: number): void {
  const placed = stored.map((record) => ({
    record,
    expected: record.key === null ? null : defaultPartition(record.key, partitions),
  }));
  const wrong = placed.filter(({ record, expected }) => record.partition !== expected);
  const [first] = wrong;
  if (!first) return;
  const { record, expected } = first;
  fail({
    message:
      expected === null
        ? `Records without a key: ${wrong.length} of ${stored.length}. Only your program knows why they are where they are.`
        : `The key "${textOf(record.key)}" is in partition ${record.partition}; of ${counted(partitions, 'partition')}, a Java producer would choose ${expected}.`,
    expected: "Each record is in the partition that Kafka's default partitioner chooses for its key.",
    question: 'A second service writes an event of the same driver. Which partition does it go to?',
    diagnosis: expected === null ? 'MISSING_KEY' : 'OTHER_PARTITIONER',
    evidence: wrong.map((one) =>
      evidenceOf(one.record, {
        observed: `partition ${one.record.partition}`,
        expected: one.expected === null ? 'a key' : `partition ${one.expected}`,
      }),
    ),
  });
}

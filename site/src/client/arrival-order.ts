/**
 * The order in which a topic's records came, over all its partitions. Kafka has none: within a partition the offset decides, between two
 * the timestamp does. A timestamp that goes back counts as the largest before it, so that no record comes before an earlier offset.
 */
import type { LensTopic } from '#sandbox/protocol/lens.ts';
import type { KnownRecord, RecordLog } from './record-log.ts';

export interface Arrived {
  record: KnownRecord;
  partition: number;
  offset: number;
  timeMs: number;
}

export interface ArrivalOrder {
  /** Places before the first record of `order`: their records are not known, or not all. */
  before: number;
  order: readonly Arrived[];
}

/** Returns the records from the moment on from which all are known. */
export function arrivalOrder({ name, partitions }: LensTopic, records: RecordLog): ArrivalOrder {
  const lanes = partitions.map(({ partition, start, end }) => ({
    start: Number(start),
    known: lastKnown(records, name, { partition, start: Number(start), end: Number(end) }),
  }));
  const sorted = lanes.flatMap(({ known }) => known.arrived).sort(byArrival);
  // An unknown record may lie before any that came at or before the first known one of its partition.
  const unsure = lanes.flatMap(({ start, known }) => (known.from > start && known.arrived[0] ? [known.arrived[0]] : []));
  const last = unsure.sort(byArrival).at(-1);
  const from = last ? sorted.indexOf(last) : 0;
  const unknown = lanes.reduce((sum, { start, known }) => sum + known.from - start, 0);
  return { before: unknown + from, order: sorted.slice(from) };
}

/** Returns the ordinal of each record of an order, from 1. */
export function ordinals({ before, order }: ArrivalOrder): ReadonlyMap<KnownRecord, number> {
  return new Map(order.map(({ record }, index) => [record, before + index + 1]));
}

/** Returns a topic as it was when `count` of its records had come. */
export function topicAfter(topic: LensTopic, { before, order }: ArrivalOrder, count: number): LensTopic {
  const ends = new Map<number, number>();
  for (const { partition, offset } of order.slice(0, Math.max(0, count - before))) ends.set(partition, offset + 1);
  const firsts = new Map<number, number>();
  for (const { partition, offset } of order.slice(Math.max(0, count - before))) {
    if (!firsts.has(partition)) firsts.set(partition, offset);
  }
  return {
    ...topic,
    partitions: topic.partitions.map((lane) => {
      const end = ends.get(lane.partition) ?? firsts.get(lane.partition);
      return end === undefined ? lane : { ...lane, end: String(Math.min(end, Number(lane.end))) };
    }),
  };
}

export function byArrival(one: Arrived, other: Arrived): number {
  return one.timeMs - other.timeMs || one.offset - other.offset || one.partition - other.partition;
}

/** Returns the records of a partition from the end back to the first place about which nothing is known, in order. */
function lastKnown(
  records: RecordLog,
  topic: string,
  { partition, start, end }: { partition: number; start: number; end: number },
): { from: number; arrived: Arrived[] } {
  // While records land, the newest may not have been read yet.
  let to = end;
  while (to > start && !records.isKnown(topic, partition, to - 1)) to--;
  let from = to;
  while (from > start && records.isKnown(topic, partition, from - 1)) from--;
  const arrived: Arrived[] = [];
  let timeMs = Number.NEGATIVE_INFINITY;
  for (let offset = from; offset < to; offset++) {
    const record = records.at(topic, partition, offset);
    if (!record) continue;
    timeMs = Math.max(timeMs, record.timestampMs);
    arrived.push({ record, partition, offset, timeMs });
  }
  return { from, arrived };
}

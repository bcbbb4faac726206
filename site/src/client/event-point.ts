/** The records of a source with their event time and their arrival. */
import { eventMsOf } from './event-clock.ts';
import type { KnownRecord } from './record-log.ts';
import type { Rowtime } from './sql-text.ts';

/**
 * A record with its event time and its arrival.
 *
 * Arrival is a number. From 0 on, it is milliseconds since the run started. Records stored before the run share one arrival, so they
 * get -n to -1 in the order Flink reads them.
 */
export interface EventPoint {
  record: KnownRecord;
  eventMs: number;
  arrival: number;
}

/** @param startedAt start of the run, ms since 1970; null while unknown: all records then count as stored before the run */
export function eventPoints(records: readonly KnownRecord[], rowtime: Rowtime, startedAt: number | null): EventPoint[] {
  const timed = records.flatMap((record) => {
    const eventMs = rowtime.field === null ? record.timestampMs : eventMsOf(fieldOf(record, rowtime.field));
    return eventMs === null ? [] : [{ record, eventMs }];
  });
  const start = startedAt ?? Number.POSITIVE_INFINITY;
  const before = asRead(timed.filter(({ record }) => record.timestampMs < start));
  const after = timed.filter(({ record }) => record.timestampMs >= start).sort(({ record: a }, { record: b }) => byArrival(a, b));
  return [
    ...before.map((point, index) => ({ ...point, arrival: index - before.length })),
    ...after.map((point) => ({ ...point, arrival: point.record.timestampMs - start })),
  ];
}

/** Returns a field of a record's JSON value; the case of its name does not matter. */
export function fieldOf(record: KnownRecord, field: string): unknown {
  const row = rowOf(record.value);
  if (row === null) return null;
  return row[field] ?? Object.entries(row).find(([name]) => name.toLowerCase() === field.toLowerCase())?.[1] ?? null;
}

/** Returns a record's JSON object; null when the text is not one, or was cut. */
export function rowOf(value: string | null): Record<string, unknown> | null {
  if (value === null || !value.startsWith('{')) return null;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

type Timed = Omit<EventPoint, 'arrival'>;

/** Keeps the order of each partition; across partitions, the older next event comes first. */
function asRead(timed: readonly Timed[]): Timed[] {
  const lanes = [...Map.groupBy(timed, ({ record }) => record.partition).values()].map((lane) => ({
    points: lane.sort((a, b) => Number(a.record.offset) - Number(b.record.offset)),
    next: 0,
  }));
  const merged: Timed[] = [];
  while (merged.length < timed.length) {
    const heads = lanes.flatMap((lane) => {
      const head = lane.points[lane.next];
      return head ? [{ lane, head }] : [];
    });
    const [oldest] = heads.sort((a, b) => a.head.eventMs - b.head.eventMs);
    if (!oldest) break;
    merged.push(oldest.head);
    oldest.lane.next++;
  }
  return merged;
}

function byArrival(a: KnownRecord, b: KnownRecord): number {
  return a.timestampMs - b.timestampMs || a.partition - b.partition || Number(a.offset) - Number(b.offset);
}

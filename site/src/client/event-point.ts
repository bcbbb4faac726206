/** The records of a source with the time of their event and the order in which they came. */
import { eventMsOf } from './event-clock.ts';
import type { KnownRecord } from './record-log.ts';
import type { Rowtime } from './sql-text.ts';

/**
 * A record between event time and arrival.
 *
 * Arrival is a number. From 0 on it is milliseconds since the run started. Records that lay on the log before have one arrival in
 * common, so they get -n to -1 in the order in which they are read.
 */
export interface EventPoint {
  record: KnownRecord;
  eventMs: number;
  arrival: number;
}

/** @param startedAt when the run started, ms since 1970; null while that is not known: then all records count as being there before */
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

/** Field of a record's JSON value, whatever the case of its name. */
export function fieldOf(record: KnownRecord, field: string): unknown {
  const row = rowOf(record.value);
  if (row === null) return null;
  return row[field] ?? Object.entries(row).find(([name]) => name.toLowerCase() === field.toLowerCase())?.[1] ?? null;
}

/** A record's JSON object; null where the text is none, or was cut. */
export function rowOf(value: string | null): Record<string, unknown> | null {
  if (value === null || !value.startsWith('{')) return null;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

type Timed = Omit<EventPoint, 'arrival'>;

/** Each partition in its own order; between partitions the one whose next event is older. */
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

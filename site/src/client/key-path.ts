/** The line through the records of one key, in the order in which they came. */
import type { LensTopic } from '#sandbox/protocol/lens.ts';
import { type LaneLayout, recordX } from './lane-layout.ts';
import type { KnownRecord, RecordLog } from './record-log.ts';

/** Returns the records of a key in the order of their timestamps; offsets decide between equal ones. */
export function recordsOfKey(records: RecordLog, topic: string, identity: string): KnownRecord[] {
  return records
    .all(topic)
    .filter((record) => record.identity === identity)
    .sort((a, b) => a.timestampMs - b.timestampMs || Number(a.offset) - Number(b.offset) || a.partition - b.partition);
}

/**
 * Returns the points of the line, of lane and x: those in `[from, to]` and the next one on either side, so that the line leaves the view
 * where it goes on.
 */
export function keyPath(
  { name }: Pick<LensTopic, 'name'>,
  { lanes }: LaneLayout,
  { records, identity, cell, from, to }: { records: RecordLog; identity: string; cell: number; from: number; to: number },
): { lane: number; x: number }[] {
  const byPartition = new Map(lanes.map((lane, index) => [lane.partition, { lane, index }]));
  const points = recordsOfKey(records, name, identity).flatMap(({ partition, offset }) => {
    const place = byPartition.get(partition);
    const isShown = place && Number(offset) >= place.lane.start && Number(offset) < place.lane.end;
    return isShown ? [{ lane: place.index, x: recordX(place.lane, Number(offset), cell) + cell / 2 }] : [];
  });
  const isIn = (index: number) => {
    const x = points[index]?.x;
    return x !== undefined && x >= from && x <= to;
  };
  return points.filter((_, index) => isIn(index) || isIn(index - 1) || isIn(index + 1));
}

/** Which record a key leads to in the lens. Pure. */
import type { LensTopic } from '#sandbox/protocol/lens.ts';
import { type LaneLayout, offsetAt, recordX } from './lane-layout.ts';
import type { Place } from './lens-layout.ts';
import type { RecordLog } from './record-log.ts';

const STEPS: Record<string, readonly [lanes: number, offsets: number]> = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
};

/** Returns null where a key leads nowhere. From no record, any arrow leads to the first of the first lane that has one. */
export function nextPlace({
  topic,
  layout,
  records,
  from,
  key,
  cell,
}: {
  topic: Pick<LensTopic, 'name'>;
  layout: LaneLayout;
  records: RecordLog;
  from: Place | null;
  key: string;
  cell: number;
}): Place | null {
  const step = STEPS[key];
  if (!step) return null;
  const [lanes, offsets] = step;
  const index = layout.lanes.findIndex(({ partition }) => partition === from?.partition);
  const current = layout.lanes[index];
  if (!from || !current) {
    const filled = layout.lanes.find(({ start, end }) => end > start);
    return filled ? { partition: filled.partition, offset: filled.start } : null;
  }
  if (offsets !== 0) {
    const isEmpty = (offset: number) =>
      records.isKnown(topic.name, from.partition, offset) && records.at(topic.name, from.partition, offset) === undefined;
    return alongLane(from, { ...current, by: offsets, isEmpty });
  }
  const x = recordX(current, from.offset, cell) + cell / 2;
  // The next lane that has a record above or below; else its nearest one.
  for (let next = index + lanes; layout.lanes[next]; next += lanes) {
    const lane = layout.lanes[next];
    if (!lane || lane.end <= lane.start) continue;
    const offset = offsetAt(lane, x, cell) ?? (x < lane.left ? lane.start : lane.end - 1);
    return { partition: lane.partition, offset };
  }
  return null;
}

/** Skips offsets without a record, such as the end of a transaction. */
function alongLane(
  { partition, offset }: Place,
  { start, end, by, isEmpty }: { start: number; end: number; by: number; isEmpty: (offset: number) => boolean },
): Place | null {
  for (let next = offset + by; next >= start && next < end; next += by) {
    if (!isEmpty(next)) return { partition, offset: next };
  }
  return null;
}

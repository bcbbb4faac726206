/** Where each record of a topic stands in the lens: pure arithmetic of offsets and pixels. */
import type { LensTopic } from '#sandbox/protocol/lens.ts';

/** What stands in one column: the newest record of every partition, or the records of one offset. */
export type Align = 'ends' | 'starts';

/** A partition as a lane. Offsets in `[start, end)` have a place, with or without a record. */
export interface PlacedLane {
  partition: number;
  start: number;
  end: number;
  /** Left edge of its first place, in px of the whole drawing. */
  left: number;
}

export interface LaneLayout {
  /** Width of the whole drawing in px, at least that of the view. */
  total: number;
  lanes: PlacedLane[];
}

/** Room for the stroke at the end of a log. */
export const PAD = 10;
/** Places drawn beyond each side of the view. */
const OVERSCAN = 6;

/**
 * Places a topic's partitions.
 *
 * @param cell width of one place
 * @param width of the view
 */
export function layoutLanes(
  partitions: LensTopic['partitions'],
  { align, cell, width }: { align: Align; cell: number; width: number },
): LaneLayout {
  const lanes = partitions.map(({ partition, start, end }) => ({
    partition,
    start: Number(start),
    end: Math.max(Number(start), Number(end)),
  }));
  const from = lanes.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
  const longest = Math.max(0, ...lanes.map(({ start, end }) => end - (align === 'ends' ? start : from)));
  const total = Math.max(width, longest * cell + PAD);
  const leftOf = ({ start, end }: { start: number; end: number }) =>
    align === 'ends' ? total - PAD - (end - start) * cell : (start - from) * cell;
  return { total, lanes: lanes.map((lane) => ({ ...lane, left: leftOf(lane) })) };
}

/** Returns the left edge of an offset's place. */
export function recordX(lane: PlacedLane, offset: number, cell: number): number {
  return lane.left + (offset - lane.start) * cell;
}

/** Returns the offsets of a lane in `[first, last)` that are in view, and a few more. */
export function visibleOffsets(
  { start, end, left }: PlacedLane,
  { scrollLeft, width, cell }: { scrollLeft: number; width: number; cell: number },
): { first: number; last: number } {
  const within = (offset: number) => Math.max(start, Math.min(end, offset));
  const first = within(start + Math.floor((scrollLeft - left) / cell) - OVERSCAN);
  return { first, last: within(start + Math.ceil((scrollLeft + width - left) / cell) + OVERSCAN) };
}

/** Returns the offset at `x` of the whole drawing; null beside the lane. */
export function offsetAt({ start, end, left }: PlacedLane, x: number, cell: number): number | null {
  const offset = start + Math.floor((x - left) / cell);
  return offset >= start && offset < end ? offset : null;
}

/** Returns which lane stands at `y`; null above and below all. */
export function laneOfY(
  y: number,
  { laneHeight, lanes, top }: { laneHeight: number; lanes: number; top: number },
): number | null {
  const lane = Math.floor((y - top) / laneHeight);
  return lane >= 0 && lane < lanes ? lane : null;
}

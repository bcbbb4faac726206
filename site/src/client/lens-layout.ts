/** Positions in the lens: pure arithmetic of offsets and pixels. */
import type { LensTopic } from '#sandbox/protocol/lens.ts';

export const RULER_HEIGHT = 28;
/** Room below the last lane for the committed offset's triangle. */
export const FOOT_HEIGHT = 6;
/** Lanes shrink so that five of them fit into the lens without scrolling. */
const LANES_HEIGHT = 180;
const TALLEST_LANE = 52;
const LOWEST_LANE = 36;
/** Below a lane's baseline: the committed offset and the lag. */
const BELOW_BASELINE = 9;
const CELL = 24;
const WIDEST_CELL = 80;
const LETTER = 7.2; // Commit Mono at 12 px
const KEY_PADDING = 8;
/** Cells drawn beyond each side of the visible part. */
const OVERSCAN = 8;
const LABEL_SPACE = 56;

/** Returns the width of one offset, so that the longest key fits in it. */
export function cellWidth(keyLength: number): number {
  return keyLength <= 2 ? CELL : Math.min(WIDEST_CELL, Math.ceil((keyLength * LETTER + KEY_PADDING) / 4) * 4);
}

/** Returns a key as its cell shows it: without the prefix that all keys share, cut in the middle when too long. */
export function keyInCell(key: string, sharedStart: string, cell: number): string {
  const text = key.startsWith(sharedStart) && key.length > sharedStart.length ? key.slice(sharedStart.length) : key;
  const room = Math.max(2, Math.floor((cell - 4) / LETTER));
  if (text.length <= room) return text;
  return room < 4 ? text.slice(-room) : `${text.slice(0, Math.ceil((room - 1) / 2))}…${text.slice(-Math.floor((room - 1) / 2))}`;
}

/** Returns the offsets that a topic's ruler spans: from the smallest start to the largest end. */
export function span(topic: LensTopic): { start: number; end: number } {
  const starts = topic.partitions.map(({ start }) => Number(start));
  const ends = topic.partitions.map(({ end }) => Number(end));
  return { start: Math.min(...starts, Infinity) === Infinity ? 0 : Math.min(...starts), end: Math.max(0, ...ends) };
}

/** Returns the first and last offset to draw: the visible part and a little beyond, never outside `[start, end]`. */
export function visibleOffsets({
  scrollLeft,
  width,
  cell,
  start,
  end,
}: {
  scrollLeft: number;
  width: number;
  cell: number;
  start: number;
  end: number;
}): { first: number; last: number } {
  const first = start + Math.floor(scrollLeft / cell) - OVERSCAN;
  const last = start + Math.ceil((scrollLeft + width) / cell) + OVERSCAN;
  return { first: Math.max(start, Math.min(first, end)), last: Math.min(end, Math.max(last, start)) };
}

/** Returns the number of offsets per label on the ruler, so that labels do not touch. */
export function tickStep(cell: number): number {
  return [1, 5, 10, 20, 50, 100].find((step) => step * cell >= LABEL_SPACE) ?? 100;
}

/** Returns the first offset of each page of `size` offsets that has unknown records between `first` and `last`. */
export function missingPages({
  first,
  last,
  size,
  isKnown,
}: {
  first: number;
  last: number;
  size: number;
  isKnown: (offset: number) => boolean;
}): number[] {
  const pages = new Set<number>();
  for (let offset = first; offset < last; offset++) {
    if (!isKnown(offset)) pages.add(Math.floor(offset / size) * size);
  }
  return [...pages];
}

/** Returns the height of one of `lanes` lanes. */
export function laneHeight(lanes: number): number {
  return Math.max(LOWEST_LANE, Math.min(TALLEST_LANE, Math.floor(LANES_HEIGHT / Math.max(1, lanes))));
}

/** Returns the y of the line below a lane's records. */
export function baseline(lane: number, height: number): number {
  return RULER_HEIGHT + (lane + 1) * height - BELOW_BASELINE;
}

/** A record's place in a topic. */
export interface Place {
  partition: number;
  offset: number;
}

/** Returns lane and offset at a point of the drawing; null outside the lanes. */
export function placeAt({
  x,
  y,
  cell,
  height,
  lanes,
  start,
}: {
  x: number;
  y: number;
  cell: number;
  height: number;
  lanes: number;
  start: number;
}): { lane: number; offset: number } | null {
  const lane = Math.floor((y - RULER_HEIGHT) / height);
  if (lane < 0 || lane >= lanes || x < 0) return null;
  return { lane, offset: start + Math.floor(x / cell) };
}

/** What a square of the lens has room for, and which pages of records a view needs. Pure. */
import type { LensTopic } from '#sandbox/protocol/lens.ts';

const CELL = 24;
const WIDEST_CELL = 80;
const LETTER = 7.2; // Commit Mono at 12 px
const KEY_PADDING = 8;

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

/** A record's place in a topic. */
export interface Place {
  partition: number;
  offset: number;
}

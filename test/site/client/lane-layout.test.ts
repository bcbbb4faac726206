import { describe, expect, test } from 'vitest';
import {
  type Align,
  laneOfY,
  layoutLanes,
  offsetAt,
  PAD,
  type PlacedLane,
  recordX,
  visibleOffsets,
} from '../../../site/src/client/lane-layout.ts';

/** Numbers from a seed, the same in every run. */
function drawing(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function drawLanes(seed: number) {
  const draw = drawing(seed);
  const start = draw(3) === 0 ? draw(5_000) : 0;
  const size = [3, 40, 12_000][draw(3)] ?? 3;
  const partitions = Array.from({ length: 1 + draw(8) }, (_, partition) => {
    const from = start + draw(4);
    return { partition, start: String(from), end: String(from + draw(size)) };
  });
  return { partitions, cell: 24 + 4 * draw(15), width: 200 + draw(1_500) };
}

const SEEDS = Array.from({ length: 300 }, (_, seed) => seed);
const ALIGNS: Align[] = ['ends', 'starts'];
const records = ({ start, end }: PlacedLane) => Array.from({ length: end - start }, (_, index) => start + index);

describe.each(ALIGNS)('lanes aligned at their %s', (align) => {
  test('hold every record inside the drawing, one beside the other, all of one width', () => {
    for (const seed of SEEDS) {
      const { partitions, cell, width } = drawLanes(seed);
      const layout = layoutLanes(partitions, { align, cell, width });
      for (const lane of layout.lanes.filter(({ start, end }) => end > start)) {
        const places = records(lane).map((offset) => recordX(lane, offset, cell));
        expect(places.findIndex((x, index) => index > 0 && x - (places[index - 1] ?? 0) !== cell)).toBe(-1);
        expect(places[0]).toBeGreaterThanOrEqual(0);
        expect((places.at(-1) ?? 0) + cell).toBeLessThanOrEqual(layout.total);
      }
    }
  });

  test('draw what is visible and little beyond, and nothing outside the log', () => {
    for (const seed of SEEDS) {
      const { partitions, cell, width } = drawLanes(seed);
      const layout = layoutLanes(partitions, { align, cell, width });
      const scrollLeft = drawing(seed + 1)(Math.max(1, layout.total - width));
      for (const lane of layout.lanes) {
        const { first, last } = visibleOffsets(lane, { scrollLeft, width, cell });
        const inView = records(lane).filter((offset) => {
          const x = recordX(lane, offset, cell);
          return x + cell > scrollLeft && x < scrollLeft + width;
        });
        expect(inView.every((offset) => offset >= first && offset < last)).toBe(true);
        expect(last - first).toBeLessThanOrEqual(Math.ceil(width / cell) + 20);
        expect(first >= lane.start && last <= lane.end).toBe(true);
      }
    }
  });

  test('give each point of a record back as its lane and offset, and nothing beside the lanes', () => {
    for (const seed of SEEDS) {
      const { partitions, cell, width } = drawLanes(seed);
      const layout = layoutLanes(partitions, { align, cell, width });
      for (const [index, lane] of layout.lanes.entries()) {
        for (const offset of records(lane).slice(-3)) {
          expect(offsetAt(lane, recordX(lane, offset, cell) + cell / 2, cell)).toBe(offset);
        }
        expect(offsetAt(lane, recordX(lane, lane.end, cell) + 1, cell)).toBeNull();
        expect(offsetAt(lane, recordX(lane, lane.start, cell) - 1, cell)).toBeNull();
        expect(laneOfY(index * 44 + 50, { laneHeight: 44, lanes: layout.lanes.length, top: 40 })).toBe(index);
      }
      expect(laneOfY(39, { laneHeight: 44, lanes: layout.lanes.length, top: 40 })).toBeNull();
      expect(laneOfY(40 + 44 * layout.lanes.length, { laneHeight: 44, lanes: layout.lanes.length, top: 40 })).toBeNull();
    }
  });
});

describe('lanes aligned at their ends', () => {
  const place = (seed: number) => {
    const { partitions, cell, width } = drawLanes(seed);
    return { cell, width, layout: layoutLanes(partitions, { align: 'ends', cell, width }) };
  };

  test('each show their own last records at the right edge, however short they are', () => {
    for (const seed of SEEDS) {
      const { layout, cell } = place(seed);
      for (const lane of layout.lanes.filter(({ start, end }) => end > start)) {
        expect(recordX(lane, lane.end - 1, cell) + cell).toBe(layout.total - PAD);
      }
    }
  });

  test('hide nothing while all records fit, and then need no scrolling', () => {
    for (const seed of SEEDS) {
      const { layout, cell, width } = place(seed);
      const longest = Math.max(...layout.lanes.map(({ start, end }) => end - start));
      expect(layout.total === width).toBe(longest * cell + PAD <= width);
    }
  });

  test('let the oldest leave at the left when they do not fit', () => {
    const partitions = [
      { partition: 0, start: '0', end: '100' },
      { partition: 1, start: '0', end: '4' },
    ];
    const layout = layoutLanes(partitions, { align: 'ends', cell: 24, width: 600 });
    const view = { scrollLeft: layout.total - 600, width: 600, cell: 24 };
    const [long, short] = layout.lanes;
    expect(visibleOffsets(long!, view).first).toBeGreaterThan(60);
    expect(visibleOffsets(short!, view)).toEqual({ first: 0, last: 4 });
  });
});

describe('lanes aligned from offset 0', () => {
  test('have equal offsets below each other', () => {
    for (const seed of SEEDS) {
      const { partitions, cell, width } = drawLanes(seed);
      const { lanes } = layoutLanes(partitions, { align: 'starts', cell, width });
      const offset = Math.max(...lanes.map(({ start }) => start));
      expect(new Set(lanes.map((lane) => recordX(lane, offset, cell))).size).toBe(1);
    }
  });
});

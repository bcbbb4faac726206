/** When readings are measured, in the order in which they arrive. */
import { drawClockChange, drawMonthEnd, drawWinterMinute } from './calendar.ts';
import type { DrawOptions } from './generator.ts';

/** Longest lag of a reading, in event time, behind the latest one before it: less than 20 s. */
export const MAX_DELAY_MS = 19_999;
/** A window's row is due once a reading has arrived that was measured this long after the window's end. */
export const DUE_AFTER_MS = 30_000;
export const WINDOW_MS = 60_000;

interface Arrival {
  measuredMs: number;
  arrivesMs: number;
}

/** The moment at which a minute begins, by its number: minutes 5 and later come after a gap. */
type Minutes = (index: number) => number;

/** Returns the times of the settled and of the later part, each `fewer` than the part has readings. */
export function drawReadingTimes(options: DrawOptions, fewer: number): number[][] {
  const { count, settled = count } = options;
  const minutes = drawCalendar(options);
  const before = drawSettled(options, minutes, settled - fewer);
  return settled < count ? [before, drawLater(options, minutes, count - settled - fewer)] : [before];
}

function drawCalendar({ random, edgeCases }: DrawOptions): Minutes {
  if (!edgeCases) {
    const start = drawWinterMinute(random);
    return (index) => start + index * WINDOW_MS;
  }
  const [monthEnd, clockChange] = [drawMonthEnd(random), drawClockChange(random)];
  return (index) => (index < 5 ? monthEnd + (index - 1) * WINDOW_MS : clockChange + (index - 6) * WINDOW_MS);
}

function drawSettled(options: DrawOptions, minute: Minutes, count: number): number[] {
  const TAIL = 3;
  const filled = drawMinutes(options, minute, { from: 0, until: 3, startMs: 0, count: count - TAIL });
  const tail = Array.from({ length: TAIL }, (_, index) => minute(5) + 4_000 + index * 7_000);
  return [...filled, ...tail];
}

function drawLater(options: DrawOptions, minute: Minutes, count: number): number[] {
  const filled = drawMinutes(options, minute, { from: 5, until: 8, startMs: 18_500, count: count - 1 });
  return [...filled, minute(8) + DUE_AFTER_MS];
}

interface Stretch {
  /** First minute, and the minute after the last. */
  from: number;
  until: number;
  /** Offset into the first minute. */
  startMs: number;
  count: number;
}

/** Returns times measured within a stretch, in arrival order; at least one in each minute. */
function drawMinutes({ random, edgeCases }: DrawOptions, minute: Minutes, stretch: Stretch): number[] {
  const { from, until, startMs, count } = stretch;
  const turns = Array.from({ length: until - from - 1 }, (_, index) => minute(from + index + 1));
  const pairs = turns.flatMap((turn): Arrival[] => [
    { measuredMs: turn - 1 + MAX_DELAY_MS, arrivesMs: turn - 1 + MAX_DELAY_MS },
    { measuredMs: turn - 1, arrivesMs: turn - 1 + MAX_DELAY_MS },
    ...(edgeCases ? [{ measuredMs: turn, arrivesMs: turn + random.int(0, MAX_DELAY_MS) }] : []),
  ]);
  // Nobody measures before a stream begins: a window that took its first moment for the end of one would be seen.
  const opening: Arrival[] = edgeCases && startMs === 0 ? [{ measuredMs: minute(from), arrivesMs: minute(from) }] : [];
  const [start, end] = [minute(from) + startMs, minute(until) - 1_000];
  const others = Array.from({ length: count - pairs.length - opening.length }, (): Arrival => {
    const measuredMs = random.int(start, end);
    return { measuredMs, arrivesMs: measuredMs + random.int(0, MAX_DELAY_MS) };
  });
  // Of two that arrive together, the later measurement goes first, so that the pair keeps its whole delay.
  const arrived = [...opening, ...others, ...pairs].sort(
    (left, right) => left.arrivesMs - right.arrivesMs || right.measuredMs - left.measuredMs,
  );
  return arrived.map(({ measuredMs }) => measuredMs);
}

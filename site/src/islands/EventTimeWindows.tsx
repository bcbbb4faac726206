import { counted } from '#lessons/counted.ts';
import type { EventTime } from '../client/event-time.ts';
import { CHART, type ChartView, type Scale } from '../client/event-time-view.ts';
import type { EventSlice, EventWindow } from '../client/event-windows.ts';
import { lateWords } from '../client/late-words.ts';

/** Pixels that a window's label needs. */
const OPEN_LABEL = 72;
const FLOOR_LABEL = 60;

/** Shades the time in which a record is in time: down to where the last window that holds it closes. */
export function Closed({ slices, view, scale: { x, y } }: { slices: readonly EventSlice[]; view: ChartView; scale: Scale }) {
  return seen(slices, view).map(
    ({ startMs, endMs, closedAt }) =>
      closedAt !== null && (
        <rect
          key={startMs}
          fill="var(--sunk)"
          opacity=".6"
          x={x(startMs) + 1}
          y={CHART.top + 1}
          width={Math.max(0, x(endMs) - x(startMs) - 2)}
          height={Math.max(0, floor(y(closedAt)) - CHART.top)}
        />
      ),
  );
}

type WindowsProps = { chart: EventTime; view: ChartView; scale: Scale };

/** Labels an open window with the number of rows that wait. */
export function Open({ chart, view, scale: { x } }: WindowsProps) {
  return seen(chart.windows, view)
    .filter(({ closedAt }) => closedAt === null)
    .map((window) => {
      const own = ownStretch(window, chart);
      if (x(own.endMs) - x(own.startMs) < OPEN_LABEL) return null;
      return (
        <text key={nameOf(window)} className="i3 halo" x={Math.max(x(own.startMs), CHART.left) + 6} y={CHART.top + 18}>
          open, {window.rows}
        </text>
      );
    });
}

/** A line where a window closed, over the time that it holds; the tick is at its end. */
export function Floors({ chart, view, scale: { x, y, bottom } }: WindowsProps) {
  return seen(chart.windows, view).map((window) => {
    const { startMs, endMs, closedAt, rows } = window;
    if (closedAt === null || closedAt > view.endMs) return null;
    const at = floor(y(closedAt));
    const own = ownStretch(window, chart);
    const room = x(own.endMs) - x(Math.max(own.startMs, view.fromMs));
    return (
      <g key={nameOf(window)}>
        <path
          className="floor"
          d={`M${Math.max(CHART.left, x(startMs))} ${at}H${x(endMs)}${chart.window?.kind === 'tumble' ? '' : 'v-5'}`}
        />
        {room >= FLOOR_LABEL && (
          <text className="ink halo" x={x(Math.max(own.startMs, view.fromMs)) + 6} y={at + 16 > bottom ? at - 6 : at + 16}>
            {counted(rows, 'row')}
          </text>
        )}
      </g>
    );
  });
}

/** Returns the part of a window that no other window ends in, where its label has room. */
function ownStretch({ startMs, endMs }: EventWindow, { window }: EventTime): { startMs: number; endMs: number } {
  return { startMs: window?.stepMs ? Math.max(startMs, endMs - window.stepMs) : startMs, endMs };
}

function nameOf({ key, startMs, endMs }: EventWindow): string {
  return `${key} ${startMs} ${endMs}`;
}

/** Returns the y of a window's floor, just below the watermark line. */
function floor(y: number): number {
  return Math.max(CHART.top, y) + 2;
}

function seen<T extends EventSlice>(windows: readonly T[], { fromMs, toMs }: ChartView): T[] {
  return windows.filter(({ startMs, endMs }) => endMs > fromMs && startMs < toMs);
}

/** Labels the newest cross. */
export function LateNote({ view, scale }: { view: ChartView; scale: Scale }) {
  const last = view.points.findLast(({ lateAfter }) => lateAfter !== null);
  if (!last) return null;
  const x = scale.x(last.eventMs);
  const isLeft = x < CHART.left + 120;
  // Below the count of its window, which is under the floor.
  const y = Math.max(scale.y(last.arrival) + 20, floor(scale.y(last.lateAfter ?? last.arrival)) + 32);
  return (
    <text
      className="fl pt halo"
      fontWeight="600"
      x={isLeft ? x - 4 : x + 4}
      y={Math.min(y, scale.bottom - 6)}
      textAnchor={isLeft ? 'start' : 'end'}
    >
      late by {lateWords(last)}, dropped
    </text>
  );
}

import { counted } from '#lessons/counted.ts';
import { runTime, timeOfDay } from '../client/event-clock.ts';
import type { EventTime, EventWindow, WindowedPoint } from '../client/event-time.ts';
import {
  arrivalMarks,
  CHART,
  type ChartView,
  chartScale,
  eventMarks,
  newestEventPath,
  type Scale,
  watermarkPath,
} from '../client/event-time-view.ts';
import type { Colouring } from '../client/job-lens.ts';

interface Props {
  chart: EventTime;
  view: ChartView;
  colours: Colouring;
  live: boolean;
  nowMs: number;
  width: number;
  height: number;
  /** The selected record. */
  at: WindowedPoint | null;
  onPoint: (point: WindowedPoint | null) => void;
}

const POINT = 7;
/** The pointer selects a record within this many pixels. */
const NEAR = 10;

/** The drawing: axes, windows with their floors, the newest event, the watermark, records, now. */
export function EventTimeChart({ chart, view, colours, live, nowMs, width, height, at, onPoint }: Props) {
  const scale = chartScale(view, { width, height });
  const lastStep = chart.watermark.findLast(({ arrival }) => arrival <= view.endMs);

  function nearest(event: React.PointerEvent<SVGSVGElement>): WindowedPoint | null {
    const box = event.currentTarget.getBoundingClientRect();
    const distance = ({ eventMs, arrival }: WindowedPoint) =>
      Math.hypot(scale.x(eventMs) - (event.clientX - box.left), scale.y(arrival) - (event.clientY - box.top));
    const [best] = view.points.toSorted((a, b) => distance(a) - distance(b));
    return best && distance(best) < NEAR ? best : null;
  }

  return (
    <svg
      {...{ width, height }}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={summary(chart)}
      onPointerMove={(event) => onPoint(nearest(event))}
      onPointerLeave={() => onPoint(null)}
    >
      <Axes {...{ view, scale }} />
      <Windows {...{ view, scale }} windows={chart.windows} />
      <path className="edge" fill="none" strokeDasharray="2 4" d={newestEventPath(view.points, scale)} />
      <path className={live ? 'pen-l' : 'settled-l'} strokeWidth="2" d={watermarkPath(chart.watermark, view, scale)} />
      <Floors {...{ view, scale }} windows={chart.windows} />
      {view.points.map((point) => (
        <Point key={`${point.record.partition} ${point.record.offset}`} {...{ point, scale, colours }} />
      ))}
      {at && (
        <rect
          className="at-mark"
          x={scale.x(at.eventMs) - POINT}
          y={scale.y(at.arrival) - POINT}
          width={2 * POINT}
          height={2 * POINT}
          rx="2"
        />
      )}
      <LateNote {...{ chart, view, scale }} />
      <Now {...{ view, scale, live, nowMs }} watermarkMs={lastStep?.watermarkMs ?? null} />
    </svg>
  );
}

function Axes({ view, scale }: { view: ChartView; scale: Scale }) {
  const { x, y, width, bottom, startY } = scale;
  return (
    <g>
      {eventMarks(view).map(({ at, label }) => (
        <g key={at}>
          <path className={label ? 'hair' : 'grid'} d={`M${x(at)} ${CHART.top}V${bottom}`} />
          <path className="edge" d={`M${x(at)} ${label ? 23 : 28}V${CHART.top}`} />
          {label && (
            <text className="i3" x={x(at) + 5} y="20">
              {label}
            </text>
          )}
        </g>
      ))}
      {arrivalMarks(view, scale).map(({ at, label }) => (
        <g key={at}>
          <path className="grid" d={`M${CHART.left} ${y(at)}H${width}`} />
          <text className="i3" x={CHART.left - 8} y={y(at) + 4} textAnchor="end">
            {label}
          </text>
        </g>
      ))}
      {view.before > 0 && (
        <text className="i3 pt" x={CHART.left - 8} y={CHART.top + 12} textAnchor="end">
          before
        </text>
      )}
      {startY !== null && <path className="edge" d={`M${CHART.left - 4} ${startY}H${width}`} />}
      <path className="edge" d={`M${CHART.left} ${CHART.top + 0.5}H${width}`} />
    </g>
  );
}

type WindowsProps = { windows: readonly EventWindow[]; view: ChartView; scale: Scale };

/** Shades a closed window down to its floor; labels an open one with the number of rows that wait. */
function Windows({ windows, view, scale: { x, y } }: WindowsProps) {
  return seen(windows, view).map(({ startMs, endMs, closedAt, rows }) =>
    closedAt === null ? (
      <text key={endMs} className="i3 halo" x={x(startMs) + 6} y={CHART.top + 18}>
        open, {rows}
      </text>
    ) : (
      <rect
        key={endMs}
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

function Floors({ windows, view, scale: { x, y, bottom } }: WindowsProps) {
  return seen(windows, view).map(({ startMs, endMs, closedAt, rows }) => {
    if (closedAt === null || closedAt > view.endMs) return null;
    const at = floor(y(closedAt));
    return (
      <g key={endMs}>
        <path className="floor" d={`M${x(startMs)} ${at}H${x(endMs)}`} />
        <text className="ink halo" x={x(startMs) + 6} y={at + 16 > bottom ? at - 6 : at + 16}>
          {counted(rows, 'row')}
        </text>
      </g>
    );
  });
}

/** Returns the y of a window's floor, just below the watermark line. */
function floor(y: number): number {
  return Math.max(CHART.top, y) + 2;
}

function seen(windows: readonly EventWindow[], { fromMs, toMs }: ChartView): EventWindow[] {
  return windows.filter(({ startMs, endMs }) => endMs > fromMs && startMs < toMs);
}

function Point({ point, scale, colours }: { point: WindowedPoint; scale: Scale; colours: Colouring }) {
  const [x, y] = [scale.x(point.eventMs), scale.y(point.arrival)];
  if (point.late) return <path className="late" d={`M${x - 4} ${y - 4}l8 8m0 -8l-8 8`} />;
  const colour = colours.ofRecord(point.record);
  const outlined = colour === null || colour.outlined;
  const inset = outlined ? 0.5 : 0;
  return (
    <rect
      className={`${colour ? `k${colour.index}` : 'k0'} ${outlined ? 'rec-o' : 'rec'}`}
      x={x - POINT / 2 + inset}
      y={y - POINT / 2 + inset}
      width={POINT - 2 * inset}
      height={POINT - 2 * inset}
      rx="1.5"
    />
  );
}

/** Labels the newest cross. */
function LateNote({ chart, view, scale }: { chart: EventTime; view: ChartView; scale: Scale }) {
  const last = view.points.findLast(({ late }) => late);
  if (!last) return null;
  const x = scale.x(last.eventMs);
  const isLeft = x < CHART.left + 84;
  // Below the count of its window, which is under the floor.
  const under = chart.windows.find(({ endMs }) => endMs === last.windowEndMs)?.closedAt ?? last.arrival;
  const y = Math.max(scale.y(last.arrival) + 20, floor(scale.y(under)) + 32);
  return (
    <text
      className="fl pt halo"
      fontWeight="600"
      x={isLeft ? x - 4 : x + 4}
      y={Math.min(y, scale.bottom - 6)}
      textAnchor={isLeft ? 'start' : 'end'}
    >
      late, dropped
    </text>
  );
}

/** Draws the line for now, and the watermark on it. */
function Now({
  view,
  scale,
  live,
  nowMs,
  watermarkMs,
}: {
  view: ChartView;
  scale: Scale;
  live: boolean;
  nowMs: number;
  watermarkMs: number | null;
}) {
  const { x, width, bottom } = scale;
  const isNow = !view.later;
  if (!isNow) return <path className="edge" d={`M${CHART.left} ${bottom}H${width}`} />;
  const moves = live;
  const at = watermarkMs === null ? null : Math.min(width - 4, Math.max(CHART.left, x(watermarkMs)));
  const words = watermarkMs === null ? '' : Number.isFinite(watermarkMs) ? `watermark ${timeOfDay(watermarkMs)}` : 'end of input';
  return (
    <g>
      <path className={moves ? 'pen-l' : 'edge'} d={`M${CHART.left} ${bottom}H${width}`} />
      {moves && <rect x={CHART.left - 48} y={bottom - 9} width="44" height="18" rx="2" fill="var(--live)" />}
      <text className={moves ? 'onlive' : 'i3'} x={CHART.left - 26} y={bottom + 4} textAnchor="middle">
        {runTime(nowMs)}
      </text>
      {at !== null && (
        <text
          className={moves ? 'lv pt halo' : 'ink pt halo'}
          fontWeight="600"
          x={at}
          y={bottom + 17}
          textAnchor={at < CHART.left + 150 ? 'start' : 'end'}
        >
          {words}
        </text>
      )}
      {view.quietSince !== null && (
        <text className="i3 pt halo" x={width - 6} y={bottom - 8} textAnchor="end">
          nothing new since {runTime(view.quietSince)}
        </text>
      )}
    </g>
  );
}

function summary({ points, windows, watermark }: EventTime): string {
  const closed = windows.filter(({ closedAt }) => closedAt !== null).length;
  const late = points.filter((point) => point.late).length;
  const last = watermark.at(-1)?.watermarkMs;
  const mark =
    last === undefined ? 'no watermark yet' : Number.isFinite(last) ? `watermark ${timeOfDay(last)}` : 'the input has ended';
  const counts =
    windows.length === 0 ? '' : `; ${closed} of ${counted(windows.length, 'window')} closed, ${counted(late, 'record')} late`;
  return `Event time across, arrival down: ${counted(points.length, 'record')}, ${mark}${counts}.`;
}

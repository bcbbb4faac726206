import { counted } from '#lessons/counted.ts';
import { runTime, timeOfDay } from '../client/event-clock.ts';
import type { EventTime } from '../client/event-time.ts';
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
import type { WindowedPoint } from '../client/event-windows.ts';
import type { Colouring } from '../client/job-lens.ts';
import { Closed, Floors, LateNote, Open } from './EventTimeWindows.tsx';

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
      <Closed {...{ view, scale }} slices={chart.slices} />
      <Open {...{ view, scale, chart }} />
      <path className="edge" fill="none" strokeDasharray="2 4" d={newestEventPath(view.points, scale)} />
      <path className={live ? 'pen-l' : 'settled-l'} strokeWidth="2" d={watermarkPath(chart.watermark, view, scale)} />
      <Floors {...{ view, scale, chart }} />
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
      <LateNote {...{ view, scale }} />
      <Now {...{ view, scale, live, nowMs }} watermarkMs={lastStep?.watermarkMs ?? null} />
    </svg>
  );
}

/** The event-time axis, which stays while the chart below it scrolls. */
export function EventTimeRuler({ view, width, height }: Pick<Props, 'view' | 'width' | 'height'>) {
  const { x } = chartScale(view, { width, height });
  return (
    <svg className="timeruler" width={width} height={CHART.top} aria-hidden="true">
      {eventMarks(view).map(({ at, label }) => (
        <g key={at}>
          <path className="edge" d={`M${x(at)} ${label ? 23 : 28}V${CHART.top}`} />
          {label && (
            <text className="i3" x={x(at) + 5} y="20">
              {label}
            </text>
          )}
        </g>
      ))}
      <path className="edge" d={`M${CHART.left} ${CHART.top - 0.5}H${width}`} />
    </svg>
  );
}

function Axes({ view, scale }: { view: ChartView; scale: Scale }) {
  const { x, y, width, bottom, startY } = scale;
  return (
    <g>
      {eventMarks(view).map(({ at, label }) => (
        <path key={at} className={label ? 'hair' : 'grid'} d={`M${x(at)} ${CHART.top}V${bottom}`} />
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
    </g>
  );
}

function Point({ point, scale, colours }: { point: WindowedPoint; scale: Scale; colours: Colouring }) {
  const [x, y] = [scale.x(point.eventMs), scale.y(point.arrival)];
  if (point.lateAfter !== null) return <path className="late" d={`M${x - 4} ${y - 4}l8 8m0 -8l-8 8`} />;
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
  const late = points.filter(({ lateAfter }) => lateAfter !== null).length;
  const last = watermark.at(-1)?.watermarkMs;
  const mark =
    last === undefined ? 'no watermark yet' : Number.isFinite(last) ? `watermark ${timeOfDay(last)}` : 'the input has ended';
  const counts =
    windows.length === 0 ? '' : `; ${closed} of ${counted(windows.length, 'window')} closed, ${counted(late, 'record')} late`;
  return `Event time across, arrival down: ${counted(points.length, 'record')}, ${mark}${counts}.`;
}

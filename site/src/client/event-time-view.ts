/** The visible part of the event-time chart, and positions in it: arithmetic of times and pixels. */
import { axisLabel, clockStep, runTime } from './event-clock.ts';
import type { EventTime } from './event-time.ts';
import type { WindowedPoint } from './event-windows.ts';

export const CHART = { left: 64, top: 32, right: 4, bottom: 24 };
/** A narrower window of the chart has no room for its count. */
const NARROWEST_WINDOW = 96;
const MOST_WINDOWS = 6;
const PHONE_WINDOWS = 3;
const PHONE_WIDTH = 480;
/** Event time across, at least: a chart that began with the first event would change its scale with every one. */
const LEAST_ACROSS_MS = 240_000;
const PHONE_ACROSS_MS = 180_000;
/** After a quiet time, the chart ends this long after the last change, so that the records keep their room. */
const QUIET_MS = 10_000;
const QUIET_SHARE = 0.15;

export interface Mark {
  at: number;
  label: string | null;
}

export interface ChartView {
  /** Event time at the left and right edge. */
  fromMs: number;
  toMs: number;
  /** Distance of two bounds of windows, or of two marks when there are none. */
  stepMs: number;
  /** Distance of two labels of the axis. */
  labelMs: number;
  /** Whether there are windows before and after the visible part. */
  earlier: boolean;
  later: boolean;
  /** Points between the edges, by arrival. */
  points: readonly WindowedPoint[];
  /** How many of them were stored before the run. */
  before: number;
  /** Arrival at the start of the run's part, and at the bottom of the chart. */
  startMs: number;
  endMs: number;
  /** Time of the run since which nothing has arrived, when the chart ends before now; otherwise null. */
  quietSince: number | null;
}

/**
 * @param endMs right edge that the learner chose; null follows the newest event
 * @param nowMs time of the run
 */
export function chartView(
  chart: EventTime,
  { width, endMs, nowMs }: { width: number; endMs: number | null; nowMs: number },
): ChartView {
  const events = chart.points.map((point) => point.eventMs);
  const oldest = events.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const newest = events.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const isPhone = width < PHONE_WIDTH;
  const most = mostWindows(width);
  const leastMs = isPhone ? PHONE_ACROSS_MS : LEAST_ACROSS_MS;
  const unstepped = isPhone ? PHONE_ACROSS_MS / PHONE_WINDOWS : clockStep(Math.max(leastMs, newest - oldest), MOST_WINDOWS - 1);
  const stepMs = chart.window?.stepMs || unstepped;
  const offsetMs = chart.window?.offsetMs ?? 0;
  const bound = (ms: number) => Math.floor((ms - offsetMs) / stepMs) * stepMs + offsetMs;
  const first = bound(oldest);
  const end = bound(newest) + stepMs;
  const shown = Math.ceil(Math.max(leastMs, Math.min(most * stepMs, end - first)) / stepMs) * stepMs;
  const last = Math.max(end, first + shown);
  const toMs = Math.min(last, Math.max(endMs ?? last, first + shown));
  const fromMs = toMs - shown;
  const points = chart.points.filter(({ eventMs }) => eventMs >= fromMs && eventMs < toMs);
  const before = points.filter(({ arrival }) => arrival < 0).length;
  const time = arrivalRange(chart, { points, before, nowMs, newest: toMs === last, toMs });
  const labelMs = shown / stepMs <= most ? stepMs : clockStep(shown, most);
  return { fromMs, toMs, stepMs, labelMs, earlier: fromMs > first, later: toMs < last, points, before, ...time };
}

function mostWindows(width: number): number {
  if (width < PHONE_WIDTH) return PHONE_WINDOWS;
  return Math.max(PHONE_WINDOWS, Math.min(MOST_WINDOWS, Math.floor((width - CHART.left - CHART.right) / NARROWEST_WINDOW)));
}

type Range = Pick<ChartView, 'startMs' | 'endMs' | 'quietSince'>;
type Seen = { points: readonly WindowedPoint[]; before: number; nowMs: number; newest: boolean; toMs: number };

/** Returns the range from the first visible arrival to now; an earlier part ends where its last window closed. */
function arrivalRange({ watermark }: EventTime, { points, before, nowMs, newest, toMs }: Seen): Range {
  const live = points.filter(({ arrival }) => arrival >= 0);
  const startMs = before > 0 ? 0 : (live[0]?.arrival ?? 0);
  const closed = watermark.find(({ watermarkMs }) => watermarkMs >= toMs - 1)?.arrival;
  const moved = newest ? (watermark.at(-1)?.arrival ?? 0) : (closed ?? nowMs);
  const lastSign = Math.max(startMs, live.at(-1)?.arrival ?? 0, moved);
  const room = lastSign + Math.max(QUIET_MS, (lastSign - startMs) * QUIET_SHARE);
  if (!newest) return { startMs, endMs: Math.min(Math.max(nowMs, lastSign), room), quietSince: null };
  const now = Math.max(nowMs, lastSign);
  return { startMs, endMs: Math.min(now, room), quietSince: now > room && lastSign > 0 ? lastSign : null };
}

export interface Scale {
  width: number;
  height: number;
  /** Lower edge of the drawing. */
  bottom: number;
  x: (eventMs: number) => number;
  y: (arrival: number) => number;
  /** Where the run begins; null when no record was stored before it, or none has arrived since. */
  startY: number | null;
}

/** Returns the scale of the chart. Records from before the run are stacked in their own band; below it, y is the time of the run. */
export function chartScale(view: ChartView, { width, height }: { width: number; height: number }): Scale {
  const bottom = height - CHART.bottom;
  const plot = bottom - CHART.top;
  const span = view.endMs - view.startMs;
  const share = view.before / Math.max(1, view.points.length);
  const band = view.before === 0 ? 0 : span <= 0 ? plot : plot * Math.min(0.7, Math.max(0.2, share));
  // Number of the first visible point; earlier points are outside the chart.
  const first = view.points[0]?.arrival ?? 0;
  const pixelsAcross = width - CHART.left - CHART.right;
  return {
    width,
    height,
    bottom,
    x: (eventMs) => CHART.left + ((eventMs - view.fromMs) / (view.toMs - view.fromMs)) * pixelsAcross,
    y: (arrival) => {
      if (arrival < 0) return CHART.top + (band * (arrival - first + 0.5)) / Math.max(1, -first);
      const elapsed = span <= 0 ? 1 : (arrival - view.startMs) / span;
      return CHART.top + band + elapsed * (plot - band);
    },
    startY: view.before > 0 && span > 0 ? CHART.top + band : null,
  };
}

/** Returns the marks of the event-time axis: one with a label per step, and small ones between. */
export function eventMarks({ fromMs, toMs, labelMs }: ChartView): Mark[] {
  const parts = labelMs % 6 === 0 && labelMs >= 60_000 ? 6 : 5;
  const small = labelMs / parts;
  const first = Math.ceil(fromMs / small);
  return Array.from({ length: Math.max(0, Math.floor(toMs / small) - first + 1) }, (_, index) => {
    const place = first + index;
    const at = place * small;
    return { at, label: place % parts === 0 && at < toMs ? axisLabel(at, labelMs) : null };
  });
}

/** Returns the marks of the arrival axis: times of the run, at least `room` pixels apart. */
export function arrivalMarks(view: ChartView, scale: Scale, room = 44): Mark[] {
  const pixels = scale.y(view.endMs) - scale.y(Math.max(0, view.startMs));
  const span = view.endMs - view.startMs;
  if (span <= 0 || pixels <= 0) return [];
  const step = clockStep(span, Math.max(1, Math.floor(pixels / room)));
  const first = Math.ceil(view.startMs / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((view.endMs - first) / step) + 1) }, (_, index) => first + index * step)
    .filter((at) => scale.y(view.endMs) - scale.y(at) > 18)
    .map((at) => ({ at, label: runTime(at) }));
}

/** Returns the newest event at each arrival, as a path: a record left of it is out of order. */
export function newestEventPath(points: readonly WindowedPoint[], { x, y }: Pick<Scale, 'x' | 'y'>): string {
  let newest = Number.NEGATIVE_INFINITY;
  const corners = points.flatMap(({ eventMs, arrival }) => {
    if (eventMs <= newest) return [];
    newest = eventMs;
    return [`${px(x(eventMs))} ${px(y(arrival))}`];
  });
  return corners.length > 1 ? `M${corners.join('L')}` : '';
}

/** Returns the watermark as a stepped line from the left edge, clipped to the drawing. */
export function watermarkPath(watermark: EventTime['watermark'], view: ChartView, { x, y, bottom }: Scale): string {
  const cut = (ms: number) => Math.min(view.toMs, Math.max(view.fromMs, ms));
  const [head, ...rest] = watermark.filter(({ arrival }) => arrival <= view.endMs);
  if (!head) return '';
  const top = (arrival: number) => Math.max(CHART.top, y(arrival));
  const path = [`M${px(x(view.fromMs))} ${px(top(head.arrival))}H${px(x(cut(head.watermarkMs)))}`];
  for (const { arrival, watermarkMs } of rest) path.push(`V${px(top(arrival))}H${px(x(cut(watermarkMs)))}`);
  return `${path.join('')}V${px(bottom)}`;
}

function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

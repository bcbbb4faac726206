/**
 * Event time against arrival: when each record of a source arrived, its event time, how far the watermark had advanced, which windows it
 * closed, and which records were late. Pure: records, watermarks and SQL in, points and lines out.
 */
import { watermarkOf } from './event-clock.ts';
import { type EventPoint, eventPoints } from './event-point.ts';
import type { KnownRecord } from './record-log.ts';
import type { DeclaredTable, SqlText } from './sql-text.ts';
import { type WatermarkInput, type WatermarkStep, watermarkLine } from './watermark-line.ts';

export interface WindowedPoint extends EventPoint {
  /** End of its window; null when the SQL has none. */
  windowEndMs: number | null;
  /** Whether its window had closed before it arrived. */
  late: boolean;
}

export interface EventWindow {
  startMs: number;
  endMs: number;
  /** Records in it, without late ones. */
  rows: number;
  /** When the watermark passed its end, as an arrival; null while it is open. */
  closedAt: number | null;
}

export interface EventTime {
  /** By arrival. */
  points: readonly WindowedPoint[];
  /** Rising. */
  watermark: readonly WatermarkStep[];
  /** By time; only those with a record. */
  windows: readonly EventWindow[];
  /** Length of a window; null when the SQL has none on this time. */
  windowMs: number | null;
}

export interface EventTimeInput extends Pick<WatermarkInput, 'samples' | 'closings' | 'partitions'> {
  records: readonly KnownRecord[];
  table: DeclaredTable;
  window: SqlText['window'];
  /** Start of the run, ms since 1970; null while unknown. */
  startedAt: number | null;
}

export function eventTime({ records, table, window, startedAt, ...told }: EventTimeInput): EventTime {
  const { rowtime, onEvent, fromLatest } = table;
  if (!rowtime) return { points: [], watermark: [], windows: [], windowMs: null };
  const points = eventPoints(records, rowtime, startedAt).filter(({ arrival }) => !fromLatest || arrival >= 0);
  const watermark = watermarkLine({ ...told, points, onEvent, delayMs: rowtime.delayMs });
  const windowMs = window && window.column.toLowerCase() === rowtime.column.toLowerCase() ? window.sizeMs : null;
  if (windowMs === null) {
    return { points: points.map((point) => ({ ...point, windowEndMs: null, late: false })), watermark, windows: [], windowMs };
  }
  const endOf = ({ eventMs }: EventPoint) => Math.floor(eventMs / windowMs) * windowMs + windowMs;
  const closedAt = new Map([...new Set(points.map(endOf))].map((end) => [end, closing(watermark, end)]));
  const windowed = points.map((point) => {
    const windowEndMs = endOf(point);
    return { ...point, windowEndMs, late: point.arrival > (closedAt.get(windowEndMs) ?? Number.POSITIVE_INFINITY) };
  });
  return { points: windowed, watermark, windows: windowsOf(windowed, closedAt, windowMs), windowMs };
}

/** Returns the partition whose watermark holds the rest back; null when none does. A missing watermark holds back most. */
export function heldBackBy<T extends { watermarkMs: number | null }>(partitions: readonly T[]): T | null {
  const level = ({ watermarkMs }: T) => watermarkOf(watermarkMs) ?? Number.NEGATIVE_INFINITY;
  const [first, second] = [...partitions].sort((a, b) => level(a) - level(b));
  return first && second && level(first) < level(second) ? first : null;
}

/** Returns the arrival at which a window closes: the watermark reaches its last millisecond. */
function closing(watermark: readonly WatermarkStep[], end: number): number | null {
  return watermark.find(({ watermarkMs }) => watermarkMs >= end - 1)?.arrival ?? null;
}

function windowsOf(
  points: readonly WindowedPoint[],
  closedAt: ReadonlyMap<number, number | null>,
  windowMs: number,
): EventWindow[] {
  return [...Map.groupBy(points, ({ windowEndMs }) => windowEndMs ?? 0)]
    .map(([endMs, inside]) => ({
      startMs: endMs - windowMs,
      endMs,
      rows: inside.filter(({ late }) => !late).length,
      closedAt: closedAt.get(endMs) ?? null,
    }))
    .sort((a, b) => a.endMs - b.endMs);
}

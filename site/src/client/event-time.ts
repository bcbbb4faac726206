/**
 * Event time against arrival: when each record of a source came, what its own time is, how far the watermark was, which windows it closed,
 * and what came too late. Pure: records, watermarks and SQL in, points and lines out.
 */
import { watermarkOf } from './event-clock.ts';
import { type EventPoint, eventPoints } from './event-point.ts';
import type { KnownRecord } from './record-log.ts';
import type { DeclaredTable, SqlText } from './sql-text.ts';
import { type WatermarkInput, type WatermarkStep, watermarkLine } from './watermark-line.ts';

export interface WindowedPoint extends EventPoint {
  /** End of its window; null where the SQL has none. */
  windowEndMs: number | null;
  /** Its window had closed before it came. */
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
  /** By time; only those that a record lies in. */
  windows: readonly EventWindow[];
  /** Length of a window; null where the SQL has none on this time. */
  windowMs: number | null;
}

export interface EventTimeInput extends Pick<WatermarkInput, 'samples' | 'closings' | 'partitions'> {
  records: readonly KnownRecord[];
  table: DeclaredTable;
  window: SqlText['window'];
  /** When the run started, ms since 1970; null while that is not known. */
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

/** The partition whose watermark holds the others back; null where none does. One without a watermark holds back most. */
export function heldBackBy<T extends { watermarkMs: number | null }>(partitions: readonly T[]): T | null {
  const level = ({ watermarkMs }: T) => watermarkOf(watermarkMs) ?? Number.NEGATIVE_INFINITY;
  const [first, second] = [...partitions].sort((a, b) => level(a) - level(b));
  return first && second && level(first) < level(second) ? first : null;
}

/** A window leaves when no event of its last millisecond can come any more. */
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

/**
 * Event time against arrival: when each record of a source arrived, its event time, how far the watermark had advanced, which windows it
 * closed, and which records were late. Pure: records, watermarks and SQL in, points and lines out.
 */
import { eventPoints } from './event-point.ts';
import { eventWindows, type Windowed } from './event-windows.ts';
import type { KnownRecord } from './record-log.ts';
import type { DeclaredTable } from './sql-text.ts';
import { type WatermarkInput, type WatermarkStep, watermarkLine } from './watermark-line.ts';
import type { WindowSpec } from './window-spec.ts';

export interface EventTime extends Windowed {
  /** Rising. */
  watermark: readonly WatermarkStep[];
  /** The windows of the SQL; null when it has none on this time. */
  window: WindowSpec | null;
}

export interface EventTimeInput extends Pick<WatermarkInput, 'samples' | 'closings' | 'partitions'> {
  records: readonly KnownRecord[];
  table: DeclaredTable;
  window: WindowSpec | null;
  /** Start of the run, ms since 1970; null while unknown. */
  startedAt: number | null;
}

export function eventTime({ records, table, window, startedAt, ...told }: EventTimeInput): EventTime {
  const { rowtime, onEvent, fromLatest } = table;
  if (!rowtime) return { points: [], watermark: [], windows: [], slices: [], window: null };
  const points = eventPoints(records, rowtime, startedAt).filter(({ arrival }) => !fromLatest || arrival >= 0);
  const watermark = watermarkLine({ ...told, points, onEvent, delayMs: rowtime.delayMs });
  if (!window || window.column.toLowerCase() !== rowtime.column.toLowerCase()) {
    const plain = points.map((point) => ({ ...point, waits: false, lateAfter: null }));
    return { points: plain, watermark, windows: [], slices: [], window: null };
  }
  return { ...eventWindows(points, watermark, window), watermark, window };
}

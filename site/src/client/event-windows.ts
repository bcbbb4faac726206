/**
 * The windows of a source's records, as Flink assigns them: which records each holds, when the watermark closed it, and which records
 * came too late for all of theirs. Pure.
 */
import { type EventPoint, fieldOf } from './event-point.ts';
import type { WatermarkStep } from './watermark-line.ts';
import type { WindowSpec } from './window-spec.ts';

export interface WindowedPoint extends EventPoint {
  /** Whether a window that is open holds it. */
  waits: boolean;
  /** When the last of its windows had closed, as an arrival, for a record that came after that; null for any other. */
  lateAfter: number | null;
}

export interface EventWindow {
  startMs: number;
  endMs: number;
  /** Key of a session; null for other windows. */
  key: string | null;
  /** Records that came before it closed. */
  rows: number;
  /** When the watermark passed its end, as an arrival; null while it is open. */
  closedAt: number | null;
}

/** A stretch of event time with its own closing: records in it are late from there on. */
export type EventSlice = Pick<EventWindow, 'startMs' | 'endMs' | 'closedAt'>;

export interface Windowed {
  points: WindowedPoint[];
  /** By their end; only those with a record. */
  windows: EventWindow[];
  /** By time. Sessions have none: what is late depends on the key. */
  slices: EventSlice[];
}

type Closing = (endMs: number) => number | null;

/**
 * @param points by arrival
 * @param watermark rising
 */
export function eventWindows(points: readonly EventPoint[], watermark: readonly WatermarkStep[], spec: WindowSpec): Windowed {
  const closing = closingOf(watermark);
  return spec.kind === 'session' ? sessions(points, spec, closing) : stepped(points, spec, closing);
}

/** Returns the windows that an event is in, by their end: `[start, end)`. */
export function windowsAt(eventMs: number, spec: WindowSpec): { startMs: number; endMs: number }[] {
  const { kind, sizeMs, stepMs } = spec;
  const slice = boundAt(eventMs, stepMs, spec);
  if (kind === 'cumulate') {
    const startMs = boundAt(eventMs, sizeMs, spec);
    const ends = Array.from({ length: (startMs + sizeMs - slice) / stepMs }, (_, place) => slice + (place + 1) * stepMs);
    return ends.map((endMs) => ({ startMs, endMs }));
  }
  return Array.from({ length: sizeMs / stepMs }, (_, place) => slice + (place + 1) * stepMs).map((endMs) => ({
    startMs: endMs - sizeMs,
    endMs,
  }));
}

function boundAt(eventMs: number, lengthMs: number, { offsetMs }: WindowSpec): number {
  return Math.floor((eventMs - offsetMs) / lengthMs) * lengthMs + offsetMs;
}

/** Returns when the watermark reached the last millisecond before an end. */
function closingOf(watermark: readonly WatermarkStep[]): Closing {
  const known = new Map<number, number | null>();
  return (endMs) => {
    const before = known.get(endMs);
    if (before !== undefined) return before;
    const closedAt = watermark.find(({ watermarkMs }) => watermarkMs >= endMs - 1)?.arrival ?? null;
    known.set(endMs, closedAt);
    return closedAt;
  };
}

/** A watermark is emitted after the record that moved it, so that record is never late by it. */
function isClosed(closedAt: number | null, arrival: number): boolean {
  return closedAt !== null && arrival > closedAt;
}

function stepped(points: readonly EventPoint[], spec: WindowSpec, closing: Closing): Windowed {
  const windows = new Map<string, EventWindow>();
  const slices = new Map<number, EventSlice>();
  const windowed = points.map((point): WindowedPoint => {
    const all = windowsAt(point.eventMs, spec).map((window) => ({ ...window, closedAt: closing(window.endMs) }));
    for (const { startMs, endMs, closedAt } of all) {
      const name = `${startMs} ${endMs}`;
      const window = windows.get(name) ?? { startMs, endMs, key: null, rows: 0, closedAt };
      windows.set(name, { ...window, rows: window.rows + (isClosed(closedAt, point.arrival) ? 0 : 1) });
    }
    const [last] = all.slice(-1);
    const startMs = boundAt(point.eventMs, spec.stepMs, spec);
    const lastClosed = last?.closedAt ?? null;
    slices.set(startMs, { startMs, endMs: startMs + spec.stepMs, closedAt: lastClosed });
    const late = isClosed(lastClosed, point.arrival);
    return { ...point, waits: !late && lastClosed === null, lateAfter: late ? lastClosed : null };
  });
  return {
    points: windowed,
    windows: [...windows.values()].sort((a, b) => a.endMs - b.endMs || b.startMs - a.startMs),
    slices: [...slices.values()].sort((a, b) => a.startMs - b.startMs),
  };
}

/** A session begins with a record and ends when none of its key follows for the length of the pause. */
function sessions(points: readonly EventPoint[], { sizeMs, keys }: WindowSpec, closing: Closing): Windowed {
  const all = new Map<string, EventWindow[]>();
  const held: (EventPoint & { key: string; lateAfter: number | null })[] = [];
  for (const point of points) {
    const key = keys.map((name) => String(fieldOf(point.record, name) ?? 'NULL')).join(', ');
    const others = all.get(key) ?? [];
    const joined = others.filter(
      ({ startMs, endMs, closedAt }) =>
        !isClosed(closedAt, point.arrival) && startMs <= point.eventMs + sizeMs && endMs >= point.eventMs,
    );
    const startMs = Math.min(point.eventMs, ...joined.map((one) => one.startMs));
    const endMs = Math.max(point.eventMs + sizeMs, ...joined.map((one) => one.endMs));
    const closedAt = closing(endMs);
    const late = isClosed(closedAt, point.arrival);
    held.push({ ...point, key, lateAfter: late ? closedAt : null });
    if (late) continue;
    const rows = joined.reduce((sum, one) => sum + one.rows, 1);
    all.set(key, [...others.filter((one) => !joined.includes(one)), { startMs, endMs, key, rows, closedAt }]);
  }
  const isOpen = ({ key, eventMs }: { key: string; eventMs: number }) =>
    (all.get(key) ?? []).some((one) => one.closedAt === null && one.startMs <= eventMs && eventMs < one.endMs);
  return {
    points: held.map(({ key, ...point }) => ({ ...point, waits: point.lateAfter === null && isOpen({ ...point, key }) })),
    windows: [...all.values()].flat().sort((a, b) => a.endMs - b.endMs || a.startMs - b.startMs),
    slices: [],
  };
}

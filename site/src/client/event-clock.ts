/** Event time as the lens reads and prints it: in UTC, like the exercises' sessions. */

/** Flink's limits: before the first event, and after the last one of a bounded input. */
const BEFORE_ALL = -8.64e15;
const AFTER_ALL = 8.64e15;

/** Returns ms since 1970 for `2026-01-01 12:00:00.5`, ISO 8601, or a number of seconds or milliseconds; null for anything else. */
export function eventMsOf(value: unknown): number | null {
  if (typeof value === 'number' && Number.isFinite(value)) return Math.abs(value) < 1e11 ? value * 1_000 : value;
  if (typeof value !== 'string') return null;
  const [, date, time, zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d\d:?\d\d)?$/.exec(value.trim()) ?? [];
  const ms = Date.parse(`${date}T${time}${zone}`);
  return Number.isNaN(ms) ? null : ms;
}

/** Returns a watermark as the lens draws it: null before the first one, infinite when a bounded input has ended. */
export function watermarkOf(ms: number | null): number | null {
  if (ms === null || ms <= BEFORE_ALL) return null;
  return ms >= AFTER_ALL ? Number.POSITIVE_INFINITY : ms;
}

/** Returns `12:04:18`. */
export function timeOfDay(ms: number): string {
  return new Date(ms).toISOString().slice(11, 19);
}

/** Returns `12:04:18`, `none yet` or `end of input`. */
export function watermarkWords(ms: number | null): string {
  const watermark = watermarkOf(ms);
  if (watermark === null) return 'none yet';
  return watermark === Number.POSITIVE_INFINITY ? 'end of input' : timeOfDay(watermark);
}

/** Returns the label of an axis mark for steps of `stepMs`: `12:04`, `12:04:10` below a minute, `01-24` from a day on. */
export function axisLabel(ms: number, stepMs: number): string {
  const text = new Date(ms).toISOString();
  if (stepMs >= 86_400_000) return text.slice(5, 10);
  return stepMs < 60_000 ? text.slice(11, 19) : text.slice(11, 16);
}

/** Returns the time of a run: `0:42`, `4:52`. */
export function runTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400];

/** Returns the smallest clock step that splits `spanMs` into at most `parts`. */
export function clockStep(spanMs: number, parts: number): number {
  const step = STEPS_S.find((seconds) => spanMs / (seconds * 1_000) <= parts) ?? STEPS_S.at(-1) ?? 86_400;
  return Math.max(step, Math.ceil(spanMs / parts / 86_400_000) * (spanMs / parts > 86_400_000 ? 86_400 : 0)) * 1_000;
}

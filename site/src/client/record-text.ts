/** A record in words. Pure. */
import { counted } from '#lessons/counted.ts';
import type { KnownRecord } from './record-log.ts';

/** Returns a record as one line. */
export function recordLine(record: KnownRecord, ordinal: number | undefined): string {
  const headers = record.headers.map(([name, value]) => `${name}: ${value ?? 'null'}`);
  return [
    `p${record.partition} offset ${record.offset}`,
    record.key === null ? 'no key' : `key ${record.key}`,
    ...(ordinal === undefined ? [] : [`record ${ordinal}`]),
    ...(record.timestampMs > 0 ? [clockOf(record.timestampMs)] : []),
    ...headers,
    record.value ?? 'null',
  ].join('  ');
}

/** `14:02:57.204`, in the learner's time zone. */
export function clockOf(timeMs: number): string {
  const at = new Date(timeMs);
  return `${at.toLocaleTimeString('en-GB')}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

/** `30 November 2026, 14:02:57.204`. */
export function dayAndClockOf(timeMs: number): string {
  const day = new Date(timeMs).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  return `${day}, ${clockOf(timeMs)}`;
}

/** Returns how much of a key, value or header is shown, and how. */
export function partWords({ hex, shownBytes, bytes }: { hex: boolean; shownBytes: number; bytes: number }): string {
  const much = shownBytes < bytes ? `the first ${shownBytes} of ${counted(bytes, 'byte')}` : counted(bytes, 'byte');
  return hex ? `Not text: ${much}, in hexadecimal.` : `Cut: ${much}.`;
}

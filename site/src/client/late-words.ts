/** How late a record was: how long after the last of its windows had closed it came. Pure. */
import { counted } from '#lessons/counted.ts';
import type { WindowedPoint } from './event-windows.ts';
import { duration } from './words.ts';

/** Returns `6 s`; for a record that was stored before the run, how many records were read in between: `12 records`. */
export function lateWords({ arrival, lateAfter }: Pick<WindowedPoint, 'arrival' | 'lateAfter'>): string {
  if (lateAfter === null) return '';
  if (arrival < 0) return counted(arrival - lateAfter, 'record');
  // What closed while earlier records were read had closed when the run began.
  return duration(arrival - Math.max(0, lateAfter));
}

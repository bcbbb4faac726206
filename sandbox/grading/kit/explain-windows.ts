/** Why windows are not those of the task: chosen by what the statements say, as in `explain-sql.ts`. */
import { parseSqlTimestamp, sqlTimestamp } from '#sandbox/generators/sql-timestamp.ts';
import { fieldOf, show } from './decode.ts';
import { differenceBetween } from './difference.ts';
import { type EndedSql, type Explanation, sayings, says } from './explain-sql.ts';

/** Returns what is known of a query whose windows do not follow the times in its rows; null where nothing is. */
export function explainClock(program: EndedSql): Explanation | null {
  if (says(program, /PROCTIME\s*\(/i))
    return { diagnosis: 'PROCESSING_TIME', question: 'Whose clock moves the time of your windows?' };
  return says(program, /METADATA\s+FROM\s+'timestamp'/i) ? { question: 'Whose clock sets the timestamp of a record?' } : null;
}

const READERS = /'(?:parallelism\.default|scan\.parallelism)'\s*=\s*'(\d+)'/i;
const IDLE_TIMEOUT = /'(?:scan\.watermark|table\.exec\.source)\.idle-timeout'/i;

/**
 * Returns what is known of a source with more readers than its topic has partitions: a reader without one reports no time, and the
 * watermark is that of the slowest. Null where there are not so many, or where an idle one is not waited for.
 */
export function explainReaders(program: Pick<EndedSql, 'statements'>, partitions: number): Explanation | null {
  const readers = sayings(program, READERS).map((said) => Number(READERS.exec(said)?.[1]));
  if (Math.max(0, ...readers) <= partitions || says(program, IDLE_TIMEOUT)) return null;
  return { diagnosis: 'IDLE_READERS', question: 'How many readers does the source have, and how many partitions do they share?' };
}

/** Returns what a report says of a row for a window that the task does not have. */
export function explainOtherWindow(program: EndedSql): Explanation {
  if (says(program, /\bVALUES\b/i))
    return { diagnosis: 'ROWS_TYPED_IN', question: 'Where do the rows that your INSERT writes come from?' };
  return explainClock(program) ?? { diagnosis: 'OTHER_WINDOW', question: 'At which times do your windows begin and end?' };
}

/** A sensor's window of event time, in ms since 1970. */
export interface TimeWindow {
  sensor: string;
  startMs: number;
  endMs: number;
}

/** Returns the window that a row names; NaN where it names no time. */
export function windowOf(row: unknown): TimeWindow {
  const time = (name: string) => parseSqlTimestamp(String(fieldOf(row, name)));
  return { sensor: String(fieldOf(row, 'sensor')), startMs: time('window_start'), endMs: time('window_end') };
}

/** Names what keeps a row from being for one of these windows. */
export function windowOff(row: unknown, windows: readonly TimeWindow[]): string {
  const { sensor, startMs, endMs } = windowOf(row);
  const own = windows.filter((one) => one.sensor === sensor);
  if (own.length === 0) return `sensor is ${show(fieldOf(row, 'sensor'))}, which sent no reading`;
  const timeOf = (name: string, ms: number) => (Number.isNaN(ms) ? fieldOf(row, name) : sqlTimestamp(ms));
  const said = { window_start: timeOf('window_start', startMs), window_end: timeOf('window_end', endMs) };
  const near = own.find((one) => one.startMs === startMs) ?? own.find((one) => one.endMs === endMs);
  if (!near) return `window_start is ${show(said.window_start)} and window_end ${show(said.window_end)}`;
  return differenceBetween(said, { window_start: sqlTimestamp(near.startMs), window_end: sqlTimestamp(near.endMs) }).words;
}

/** Records that a learner lets into a topic of a run, to see what becomes of them. */
import type { InputRecord } from '#sandbox/generators/generator.ts';
import { sqlTimestamp } from '#sandbox/generators/sql-timestamp.ts';

export interface AddedRecord {
  key: string | null;
  value: string;
}

/** The values of inputs are JSON objects; this is no JSON at all. */
export const POISON: AddedRecord = { key: null, value: 'oops' };

/** A record this far behind the watermark is late for every window of a minute, wherever in it the watermark stands. */
const LATE_BY_MS = 90_000;
const SQL_TIMESTAMP = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$/;

/**
 * Returns the last of an input's records with an event time behind the watermark.
 * @param records values are JSON objects, in which one field holds a time as Flink's JSON format reads it
 * @returns null where no field does
 */
export function lateRecord(records: readonly InputRecord[], watermarkMs: number): AddedRecord | null {
  const last = records.at(-1);
  if (!last) return null;
  const row: Record<string, unknown> = JSON.parse(last.value);
  const field = Object.entries(row).find(([, value]) => typeof value === 'string' && SQL_TIMESTAMP.test(value))?.[0];
  if (field === undefined) return null;
  return { key: last.key, value: JSON.stringify({ ...row, [field]: sqlTimestamp(watermarkMs - LATE_BY_MS) }) };
}

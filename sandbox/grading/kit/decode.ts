import { isDeepStrictEqual } from 'node:util';
import type { KafkaRecord } from './kafka.ts';

const MAX_SHOWN_TEXT = 160;

/** Bytes as UTF-8 text; what is not UTF-8 becomes U+FFFD. */
export function textOf(bytes: Buffer | null): string | null {
  return bytes === null ? null : bytes.toString('utf8');
}

/** A record's value as JSON, or `undefined` when it is none. */
export function jsonOf({ value }: KafkaRecord): unknown {
  if (value === null) return undefined;
  try {
    return JSON.parse(value.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** A field of what may be an object. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Whether two values, as JSON gives them, are the same through and through. */
export function isSame(left: unknown, right: unknown): boolean {
  return isDeepStrictEqual(left, right);
}

/** Where a record stands, in words: `orders, partition 0, offset 41`. */
export function placeOf({ topic, partition, offset }: KafkaRecord): string {
  return `${topic}, partition ${partition}, offset ${offset}`;
}

/** A value as a report shows it, cut to a line. */
export function show(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text === undefined) return 'nothing';
  return text.length <= MAX_SHOWN_TEXT ? text : `${text.slice(0, MAX_SHOWN_TEXT - 1)}…`;
}

import { isDeepStrictEqual } from 'node:util';
import { textOf as cutTextOf } from '#sandbox/services/kafka/client/record-text.ts';
import type { KafkaRecord } from './kafka.ts';

const MAX_SHOWN_TEXT = 160;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Returns bytes as the lens shows them, however long: as text, or as `0x` and hexadecimal digits where they are not text. */
export function textOf(bytes: Buffer | null): string | null {
  return cutTextOf(bytes, Number.MAX_SAFE_INTEGER);
}

/** Returns whether bytes are a text in UTF-8. */
export function isText(bytes: Buffer | null, text: string): boolean {
  return bytes?.equals(Buffer.from(text)) ?? false;
}

/** Returns a name for bytes that no other bytes have, to group and count them by; null for null. */
export function bytesId(bytes: Buffer | null): string | null {
  return bytes === null ? null : bytes.toString('hex');
}

/** A record's value as JSON, or `undefined` when it is not JSON in UTF-8. */
export function jsonOf({ value }: KafkaRecord): unknown {
  if (value === null) return undefined;
  try {
    return JSON.parse(UTF8.decode(value));
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

/** A value as a report shows it, cut to a line; a code point is never cut. */
export function show(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text === undefined) return 'nothing';
  return text.length <= MAX_SHOWN_TEXT ? text : `${text.slice(0, MAX_SHOWN_TEXT - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

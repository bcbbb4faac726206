/** What a record's square shows, and which records have the same colour. Pure; a record may hold anything. */
import type { LensRecord } from '#sandbox/protocol/lens.ts';

/** A record's key, or the value of the field that the lesson names where there is no key; null where there is neither. */
export type Identity = string | null;

const LONGEST = 200;
/** An empty key is a key: Kafka tells it from none. */
const EMPTY = '""';

/** @param field of the value, a JSON object, that stands for the key of a record without one */
export function identityOf({ key, value }: Pick<LensRecord, 'key' | 'value'>, field: string | undefined): Identity {
  if (key !== null) return shortened(key);
  if (field === undefined || value === null) return null;
  const found = fieldOf(value, field);
  return found === null ? null : shortened(found);
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text || EMPTY;
}

function fieldOf(value: string, field: string): string | null {
  try {
    const parsed: unknown = JSON.parse(value);
    if (typeof parsed !== 'object' || parsed === null || !Object.hasOwn(parsed, field)) return null;
    const found: unknown = Reflect.get(parsed, field);
    return ['string', 'number', 'boolean'].includes(typeof found) ? String(found) : null;
  } catch {
    return null;
  }
}

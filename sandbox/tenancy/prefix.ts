/**
 * Names of a tenant's topics, groups and transactional ids on a shared broker. A prefix begins with the mark of its installation, since
 * several may share a broker: topic `orders` of generation 3 is `u4n8r2cq7f2k9xq0.3.orders` (mark `4n8r2cq`). Groups and transactional ids
 * have only the prefix in front.
 */

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's base 32: no i, l, o, u
const MARK = /^[0-9a-hjkmnp-tv-z]{7}$/;
/** With a mark, or, as before there were marks, without one. */
const PREFIX = /^u(?<mark>[0-9a-hjkmnp-tv-z]{7})?[0-9a-hjkmnp-tv-z]{8}\.$/;
const OWNED = /^u(?:[0-9a-hjkmnp-tv-z]{7})?[0-9a-hjkmnp-tv-z]{8}\./;
const TOPIC = /^(\d{1,9})\.(.+)$/;
const MAX_TOPIC_NAME_LENGTH = 249; // Kafka: org.apache.kafka.common.internals.Topic

/** Random bytes in a prefix, and in a mark. */
export const PREFIX_BYTES = 5;

/** Returns a mark for an installation, made from 5 random bytes: 7 characters of Crockford's base 32. */
export function markFrom(random: Uint8Array): string {
  return crockford(random).slice(1);
}

export function isMark(text: string): boolean {
  return MARK.test(text);
}

/** Returns a prefix of an installation, made from 5 random bytes: `u`, its mark, 8 characters of Crockford's base 32, and the delimiter. */
export function prefixFrom(mark: string, random: Uint8Array): string {
  return `u${mark}${crockford(random)}.`;
}

/** Returns the mark in a prefix; null in one from before there were marks. */
export function markOf(prefix: string): string | null {
  return PREFIX.exec(prefix)?.groups?.mark ?? null;
}

export function isPrefix(text: string): boolean {
  return PREFIX.test(text);
}

/** Returns the principal that owns `prefix`. */
export function principalOf(prefix: string): string {
  return prefix.slice(0, -1);
}

/** Returns the prefix of a name that a tenant owns, or null when no tenant can own it. */
export function prefixOf(name: string): string | null {
  return OWNED.exec(name)?.[0] ?? null;
}

/** Returns the text before the logical names of a generation's topics. */
export function generationPrefix(prefix: string, generation: number): string {
  return `${prefix}${generation}.`;
}

/** @throws RangeError when the name is longer than Kafka allows */
export function topicName(prefix: string, generation: number, logical: string): string {
  const name = generationPrefix(prefix, generation) + logical;
  if (name.length > MAX_TOPIC_NAME_LENGTH) throw new RangeError(`${name} is longer than ${MAX_TOPIC_NAME_LENGTH} characters`);
  return name;
}

/** Returns the parts of a tenant's topic name, or null for any other name. */
export function parseTopicName(name: string): { prefix: string; generation: number; logical: string } | null {
  const prefix = prefixOf(name);
  const [, generation, logical] = TOPIC.exec(name.slice(prefix?.length)) ?? [];
  if (prefix === null || generation === undefined || logical === undefined) return null;
  return { prefix, generation: Number(generation), logical };
}

/** Returns a group's name without the prefix; null when the group is not this tenant's. */
export function ownGroupName(prefix: string, groupId: string): string | null {
  return groupId.startsWith(prefix) ? groupId.slice(prefix.length) : null;
}

/** Returns 8 characters made from 5 bytes. */
function crockford(bytes: Uint8Array): string {
  let bits = bytes.slice(0, PREFIX_BYTES).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let text = '';
  for (let i = 0; i < 8; i++, bits >>= 5n) text = CROCKFORD.charAt(Number(bits & 31n)) + text;
  return text;
}

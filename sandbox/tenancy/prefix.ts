/**
 * Names of a tenant's topics, groups and transactional ids on a shared broker. Topic `orders` of generation 3 is
 * `u7f2k9xq0.3.orders`; groups and transactional ids have only the prefix in front: `u7f2k9xq0.billing`.
 */

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's base 32: no i, l, o, u
const PREFIX = /^u[0-9a-hjkmnp-tv-z]{8}\.$/;
const PREFIX_LENGTH = 10;
const TOPIC = /^(u[0-9a-hjkmnp-tv-z]{8}\.)(\d{1,9})\.(.+)$/;
const MAX_TOPIC_NAME_LENGTH = 249; // Kafka: org.apache.kafka.common.internals.Topic

/** Random bytes in a prefix. */
export const PREFIX_BYTES = 5;

/** Returns a prefix made from 5 random bytes: `u`, 8 characters of Crockford's base 32, and the delimiter. */
export function prefixFrom(random: Uint8Array): string {
  let bits = random.slice(0, PREFIX_BYTES).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let text = '';
  for (let i = 0; i < 8; i++, bits >>= 5n) text = CROCKFORD.charAt(Number(bits & 31n)) + text;
  return `u${text}.`;
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
  const prefix = name.slice(0, PREFIX_LENGTH);
  return isPrefix(prefix) ? prefix : null;
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
  const [, prefix, generation, logical] = TOPIC.exec(name) ?? [];
  if (prefix === undefined || generation === undefined || logical === undefined) return null;
  return { prefix, generation: Number(generation), logical };
}

/** Returns a group's name without the prefix; null when the group is not this tenant's. */
export function ownGroupName(prefix: string, groupId: string): string | null {
  return groupId.startsWith(prefix) ? groupId.slice(prefix.length) : null;
}

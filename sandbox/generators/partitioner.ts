/**
 * Where Kafka's default partitioner puts a key: the oracle. Java producers and kafkajs's DefaultPartitioner agree with it.
 * @see org.apache.kafka.common.utils.Utils.murmur2 and BuiltInPartitioner.partitionForKey
 */

/** Returns the partition, from 0, of a record with this key. */
export function defaultPartition(key: string | Uint8Array, partitions: number): number {
  const bytes = typeof key === 'string' ? new TextEncoder().encode(key) : key;
  return (murmur2(bytes) & 0x7fffffff) % partitions;
}

const MULTIPLIER = 0x5bd1e995;

/** Returns Kafka's 32-bit MurmurHash2 as a signed number. */
export function murmur2(bytes: Uint8Array): number {
  let hash = 0x9747b28c ^ bytes.length;
  const words = bytes.length >> 2;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let word = 0; word < words; word++) {
    let mixed = Math.imul(view.getInt32(word * 4, true), MULTIPLIER);
    mixed = Math.imul(mixed ^ (mixed >>> 24), MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ mixed;
  }
  const rest = bytes.subarray(words * 4);
  if (rest.length > 0) {
    for (const [index, byte] of rest.entries()) hash ^= byte << (8 * index);
    hash = Math.imul(hash, MULTIPLIER);
  }
  hash ^= hash >>> 13;
  hash = Math.imul(hash, MULTIPLIER);
  return hash ^ (hash >>> 15);
}

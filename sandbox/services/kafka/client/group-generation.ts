import type { StoredRecord } from './committed-records.ts';

/** Kafka: Topic.GROUP_METADATA_TOPIC_NAME. Only the administrator can read it. */
export const GROUPS_TOPIC = '__consumer_offsets';

/** Kafka: CoordinatorRecordType.GROUP_METADATA, the version of its key. */
const GROUP_METADATA = 2;
const FIRST_COMPACT_VERSION = 4;

/**
 * Returns which generation of a classic group a record of `__consumer_offsets` begins; the coordinator writes one each time it has dealt the
 * partitions, and no request tells it. Null for any other record: a commit, a group that is gone, one of the newer protocol.
 *
 * @see Kafka, GroupMetadataKey.json, GroupMetadataValue.json
 */
export function generationIn({ key, value }: Pick<StoredRecord, 'key' | 'value'>): { group: string; generation: number } | null {
  try {
    if (!key || !value || key.readInt16BE(0) !== GROUP_METADATA) return null;
    const group = key.toString('utf8', 4, 4 + key.readInt16BE(2));
    const isCompact = value.readInt16BE(0) >= FIRST_COMPACT_VERSION;
    // The protocol's type, `consumer`, has fewer than 128 letters, so that its compact length is one byte.
    const behindType = isCompact ? 3 + value.readUInt8(2) - 1 : 4 + value.readInt16BE(2);
    return { group, generation: value.readInt32BE(behindType) };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

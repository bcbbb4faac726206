import type { Limits } from '#sandbox/config.ts';

const MIN_SEGMENT_BYTES = 1024 * 1024; // Kafka 4: least value of segment.bytes
/** The topics of the last run are there until those of the next one are made. */
const GENERATIONS = 2;

/**
 * Settings that cap what the topics of a generation hold together, so that two generations stay below what a tenant may have. Kafka
 * deletes whole segments, once what is left is still above the retention: a partition holds up to one segment more.
 */
export function topicConfigs(
  { topicBytes, tenantBytes }: Pick<Limits['kafka'], 'topicBytes' | 'tenantBytes'>,
  { topics, partitions }: { topics: number; partitions: number },
): Record<string, string> {
  const share = Math.floor(Math.min(topicBytes, tenantBytes / GENERATIONS / topics) / partitions);
  const segmentBytes = Math.max(MIN_SEGMENT_BYTES, Math.floor(share / 5));
  return {
    'retention.bytes': String(Math.max(MIN_SEGMENT_BYTES, share - segmentBytes)),
    'segment.bytes': String(segmentBytes),
    'file.delete.delay.ms': '1000', // a deleted topic's files go at once, not after a minute
  };
}

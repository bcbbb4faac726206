import type { Limits } from '#sandbox/config.ts';

const MIN_SEGMENT_BYTES = 1024 * 1024; // Kafka 4: minimum of segment.bytes
/** The topics of the last run exist until those of the next are created. */
const GENERATIONS = 2;

/**
 * Returns settings that cap what the topics of a generation hold together, so that two generations stay below a tenant's limit.
 * Kafka deletes only whole segments, and only while the rest is still above the retention: a partition holds up to one segment
 * more.
 */
export function topicConfigs(
  { topicBytes, tenantBytes }: Pick<Limits['kafka'], 'topicBytes' | 'tenantBytes'>,
  { topics, partitions }: { topics: number; partitions: number },
): Record<string, string> {
  const share = Math.floor(Math.min(topicBytes, tenantBytes / GENERATIONS / topics) / partitions);
  const segmentBytes = Math.max(MIN_SEGMENT_BYTES, Math.floor(share / 5));
  return {
    'retention.bytes': String(Math.max(MIN_SEGMENT_BYTES, share - segmentBytes)),
    'retention.ms': '-1', // a record's time is the program's to choose: one of last year stays
    'segment.bytes': String(segmentBytes),
    'file.delete.delay.ms': '1000', // a deleted topic's files go after 1 s, not after a minute
  };
}

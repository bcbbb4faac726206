import { FetchIsolationLevels, ListOffsetTimestamps, listOffsetsV9 } from '@platformatic/kafka';
import { groupByLeader, type TopicMetadata, type Wire } from './wire.ts';

/** Offset by partition. */
export type Offsets = ReadonlyMap<number, bigint>;

/** `start`: of the first record. `end`: after the last one. `stable`: where a reader of committed data stops. */
export type Edge = 'start' | 'end' | 'stable';

/** Returns one edge of every partition of the topics, by topic name. */
export async function listOffsets(
  wire: Wire,
  topics: readonly TopicMetadata[],
  edge: Edge,
): Promise<Map<string, Map<number, bigint>>> {
  const wanted = topics.flatMap(({ name, partitions }) => partitions.map((partition) => ({ name, ...partition })));
  const offsets = new Map(topics.map(({ name }) => [name, new Map<number, bigint>()]));
  const timestamp = edge === 'start' ? ListOffsetTimestamps.EARLIEST : ListOffsetTimestamps.LATEST;
  const isolation = edge === 'stable' ? FetchIsolationLevels.READ_COMMITTED : FetchIsolationLevels.READ_UNCOMMITTED;
  const client = -1;
  await Promise.all(
    groupByLeader(wanted).map(async ([leader, own]) => {
      const request = [...Map.groupBy(own, ({ name }) => name)].map(([name, partitions]) => ({
        name,
        partitions: partitions.map(({ partition }) => ({ partitionIndex: partition, currentLeaderEpoch: -1, timestamp })),
      }));
      const answer = await listOffsetsV9.api.async(await wire.connection(leader), client, isolation, request);
      for (const topic of answer.topics) {
        for (const { partitionIndex, offset } of topic.partitions) offsets.get(topic.name)?.set(partitionIndex, offset);
      }
    }),
  );
  return offsets;
}

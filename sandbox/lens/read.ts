/** One look at a learner's log, for the lens's routes. */

import type { LensGroup, LensRecord, LensTopic } from '#sandbox/protocol/lens.ts';
import type { KafkaClient, Offsets } from '#sandbox/services/kafka/client/connect.ts';
import type { Tenant, TenantTopic } from '#sandbox/tenancy/tenancy.ts';
import { lensGroup, lensRecord, lensTopics, tooLargeRecord } from './view.ts';

const PAGE_RECORDS = 500;
/** Most groups that are described at a look, those with members first. */
const MAX_GROUPS = 20;
/** Protocols whose groups have members and offsets as the lens shows them. */
const GROUP_TYPES = ['classic', 'consumer'];

type LogReader = Pick<KafkaClient, 'startOffsets' | 'endOffsets' | 'readAll' | 'listGroups' | 'describeGroup'>;

/** Returns topics with the first and the next offset of each partition. */
export async function readTopics(kafka: LogReader, topics: readonly TenantTopic[]): Promise<LensTopic[]> {
  const edges = await Promise.all(
    topics.map(async ({ name }) => {
      const [starts, ends] = await Promise.all([kafka.startOffsets(name), kafka.endOffsets(name)]);
      return [
        name,
        new Map([...ends].map(([partition, end]) => [partition, { start: starts.get(partition) ?? 0n, end }])),
      ] as const;
    }),
  );
  return lensTopics(topics, new Map(edges));
}

/** Returns at most 500 records of one partition, starting at `offset`. */
export async function readRecords(
  kafka: LogReader,
  topic: TenantTopic,
  { partition, offset }: { partition: number; offset: bigint },
): Promise<LensRecord[]> {
  const tooLarge: LensRecord[] = [];
  const page = { partitions: [partition], from: new Map([[partition, offset]]), max: PAGE_RECORDS };
  const onTooLarge = (place: { partition: number; offset: bigint }) => tooLarge.push(tooLargeRecord(place));
  const records = (await kafka.readAll(topic.name, { ...page, onTooLarge })).map(lensRecord);
  return [...records, ...tooLarge].sort((one, other) => Number(one.offset) - Number(other.offset)).slice(0, PAGE_RECORDS);
}

/**
 * Returns the tenant's consumer groups that use `topics`, at most 20.
 */
export async function readGroups(kafka: LogReader, tenant: Tenant, topics: readonly TenantTopic[]): Promise<LensGroup[]> {
  const listed = await kafka.listGroups();
  const own = listed.filter(({ id, type }) => id.startsWith(tenant.prefix) && GROUP_TYPES.includes(type.toLowerCase()));
  if (own.length === 0) return [];
  const isEmpty = ({ state }: { state: string }) => Number(state === 'Empty' || state === 'Dead');
  const described = own.sort((a, b) => isEmpty(a) - isEmpty(b) || a.id.localeCompare(b.id)).slice(0, MAX_GROUPS);
  const [groups, ends] = await Promise.all([
    Promise.all(described.map((group) => kafka.describeGroup(group))),
    Promise.all(topics.map(async ({ name }): Promise<[string, Offsets]> => [name, await kafka.endOffsets(name)])),
  ]);
  const endsOf = new Map(ends);
  return groups
    .flatMap((group) => lensGroup(group, tenant.prefix, topics, endsOf) ?? [])
    .sort((a, b) => a.name.localeCompare(b.name));
}

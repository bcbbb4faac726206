import type { GraderGroup } from '#sandbox/grading/kit/group.ts';
import type { KafkaClient } from '#sandbox/services/kafka/client/connect.ts';

/** Protocols whose groups have members and offsets. */
const GROUP_TYPES = ['classic', 'consumer'];

interface GroupParts {
  client: Pick<KafkaClient, 'listGroups' | 'describeGroup'>;
  /** Of the round's tenant. */
  prefix: string;
  topics: readonly { logical: string; name: string }[];
}

/** Returns the round's consumer groups by name, with what they have to do with its topics. */
export async function readGroups({ client, prefix, topics }: GroupParts): Promise<GraderGroup[]> {
  const logicalOf = new Map(topics.map(({ name, logical }) => [name, logical]));
  const inRound = <Place extends { topic: string }>(places: readonly Place[]) =>
    places.flatMap((place) => {
      const topic = logicalOf.get(place.topic);
      return topic === undefined ? [] : [{ ...place, topic }];
    });
  const listed = (await client.listGroups()).filter(
    ({ id, type }) => id.startsWith(prefix) && GROUP_TYPES.includes(type.toLowerCase()),
  );
  const groups = await Promise.all(listed.map((group) => client.describeGroup(group)));
  return groups
    .map(({ id, members, committed }) => ({
      id: id.slice(prefix.length),
      members: members.map((member) => ({ id: member.id, partitions: inRound(member.partitions) })),
      committed: inRound(committed),
    }))
    .sort((one, other) => one.id.localeCompare(other.id));
}

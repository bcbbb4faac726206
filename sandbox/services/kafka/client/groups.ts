import {
  type Connection,
  consumerGroupDescribeV0,
  consumerGroupHeartbeatV0,
  deleteGroupsV2,
  describeGroupsV5,
  leaveGroupV5,
  listGroupsV5,
  offsetFetchV9,
} from '@platformatic/kafka';
import type { Endpoint } from '#sandbox/providers/provider.ts';
import { type AssignedPartition, readAssignment } from './assignment.ts';
import { isKafkaError } from './error.ts';
import { readMetadata, type Wire } from './wire.ts';

/** A consumer group and the broker that coordinates it. `consumer` groups use KIP-848, `classic` ones the older protocol. */
export interface GroupListing {
  id: string;
  state: string;
  type: string;
  coordinator: Endpoint;
}

export interface GroupMember {
  id: string;
  clientId: string;
  partitions: AssignedPartition[];
}

export interface GroupDescription extends GroupListing {
  /** Epoch of a `consumer` group; null of a classic one, whose generation no request tells. */
  epoch: number | null;
  members: GroupMember[];
  /** Committed offsets: the next to read. */
  committed: (AssignedPartition & { offset: bigint })[];
}

/** Returns every group that the principal may see; each broker lists those that it coordinates. */
export async function listGroups(wire: Wire): Promise<GroupListing[]> {
  return wire.attempt('listing groups', async () => {
    const { brokers } = await readMetadata(wire, []);
    const answers = await Promise.all(
      brokers.map(async (coordinator) => {
        const { groups } = await listGroupsV5.api.async(await wire.connection(coordinator), [], []);
        return groups.map(({ groupId, groupState, groupType }) => ({
          id: groupId,
          state: groupState,
          type: groupType,
          coordinator,
        }));
      }),
    );
    return answers.flat();
  });
}

/** Returns members and committed offsets of a group that `listGroups` returned. A group that no longer exists has neither. */
export async function describeGroup(wire: Wire, group: GroupListing): Promise<GroupDescription> {
  return wire.attempt(`describing group ${group.id}`, async () => {
    const connection = await wire.connection(group.coordinator);
    const [{ members, epoch }, committed] = await Promise.all([
      readMembers(connection, group),
      readCommitted(connection, group.id),
    ]);
    return { ...group, members, epoch, committed };
  });
}

/** Makes every member leave, so that the group can be deleted. A member that may still join rejoins. */
export async function removeMembers(wire: Wire, group: GroupListing): Promise<void> {
  await wire.attempt(`emptying group ${group.id}`, async () => {
    const connection = await wire.connection(group.coordinator);
    const { members } = await readMembers(connection, group);
    if (members.length === 0) return;
    if (group.type !== 'consumer') {
      await leaveGroupV5.api.async(
        connection,
        group.id,
        members.map(({ id }) => ({ memberId: id, reason: 'sandbox removed' })),
      );
      return;
    }
    const leaving = -1; // KIP-848: a heartbeat with member epoch -1 leaves
    for (const { id } of members) {
      await consumerGroupHeartbeatV0.api.async(connection, group.id, id, leaving, null, null, -1, null, null, null, null);
    }
  });
}

export async function deleteGroup(wire: Wire, group: GroupListing): Promise<void> {
  try {
    await wire.attempt(`deleting group ${group.id}`, async () =>
      deleteGroupsV2.api.async(await wire.connection(group.coordinator), [group.id]),
    );
  } catch (error) {
    if (!isKafkaError(error, 'GROUP_ID_NOT_FOUND')) throw error;
  }
}

async function readMembers(
  connection: Connection,
  { id, type }: GroupListing,
): Promise<Pick<GroupDescription, 'members' | 'epoch'>> {
  if (type === 'consumer') {
    const { groups } = await consumerGroupDescribeV0.api.async(connection, [id], false);
    const members = groups.flatMap((group) =>
      group.members.map(({ memberId, clientId, assignment }) => ({
        id: memberId,
        clientId,
        partitions: assignment.topicPartitions.flatMap(({ topicName, partitions }) =>
          partitions.map((partition) => ({ topic: topicName, partition })),
        ),
      })),
    );
    return { members, epoch: groups[0]?.groupEpoch ?? null };
  }
  const { groups } = await describeGroupsV5.api.async(connection, [id], false);
  const members = groups.flatMap((group) =>
    group.members.map(({ memberId, clientId, memberAssignment }) => ({
      id: memberId,
      clientId,
      partitions: readAssignment(memberAssignment),
    })),
  );
  return { members, epoch: null };
}

async function readCommitted(connection: Connection, groupId: string) {
  const nobody = -1;
  const request = [{ groupId, memberId: null, memberEpoch: nobody, topics: null }];
  const { groups } = await offsetFetchV9.api.async(connection, request, false);
  return groups.flatMap(({ topics }) =>
    topics.flatMap(({ name, partitions }) =>
      partitions
        .filter(({ committedOffset }) => committedOffset >= 0n)
        .map(({ partitionIndex, committedOffset }) => ({ topic: name, partition: partitionIndex, offset: committedOffset })),
    ),
  );
}

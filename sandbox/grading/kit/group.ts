/** A consumer group of the round, as the broker knows it at one moment. */
export interface GraderGroup {
  /** As the program names it, without the round's prefix. */
  id: string;
  /** Members that the broker counts on, also one whose process has ended without a word; empty of a group that nobody is in. */
  members: readonly GroupMember[];
  /** Committed offsets: the next to read. Partitions without one are left out. */
  committed: readonly (GroupPartition & { offset: bigint })[];
}

export interface GroupMember {
  id: string;
  /** What it was assigned; empty while the group rebalances, and of a member that has no partition. */
  partitions: readonly GroupPartition[];
}

export interface GroupPartition {
  /** Logical name. */
  topic: string;
  partition: number;
}

/** Whether a member of any of these groups was assigned a partition of the topic: it reads. */
export function isRead(groups: readonly GraderGroup[], topic: string): boolean {
  return groups.some(({ members }) => members.some(({ partitions }) => partitions.some((one) => one.topic === topic)));
}

/** The offset that a group has committed in a partition; null where it has none. */
export function committedIn({ committed }: GraderGroup, { topic, partition }: GroupPartition): bigint | null {
  return committed.find((one) => one.topic === topic && one.partition === partition)?.offset ?? null;
}

/** Turns what the broker holds into what a learner sees: names without prefix and generation, bytes as text, offsets as strings. */

import type { LensGroup, LensRecord, LensTopic } from '#sandbox/protocol/lens.ts';
import type { GroupDescription, Offsets, StoredRecord } from '#sandbox/services/kafka/client/connect.ts';
import { partlyShown, textOf } from '#sandbox/services/kafka/client/record-text.ts';
import { ownGroupName } from '#sandbox/tenancy/prefix.ts';
import type { TenantTopic } from '#sandbox/tenancy/tenancy.ts';

/** Start and end of each partition, by the topic's name on the broker. */
export type Edges = ReadonlyMap<string, ReadonlyMap<number, { start: bigint; end: bigint }>>;

export function lensRecord({ partition, offset, timestampMs, key, value, headers }: StoredRecord): LensRecord {
  const parts = [
    ['key', key] as const,
    ['value', value] as const,
    ...headers.map(([, bytes], place) => [`${place}`, bytes] as const),
  ];
  const inPart = parts.flatMap(([name, bytes]) => {
    const shown = bytes && partlyShown(bytes);
    return shown ? [[name, shown] as const] : [];
  });
  return {
    partition,
    offset: String(offset),
    timestampMs,
    key: textOf(key),
    value: textOf(value),
    headers: headers.map(([name, bytes]) => [name, textOf(bytes)]),
    ...(inPart.length > 0 ? { shownInPart: Object.fromEntries(inPart) } : {}),
  };
}

/** Returns what stands in the place of a record that is not read because its batch inflates beyond what the server takes. */
export function tooLargeRecord({ partition, offset }: Pick<StoredRecord, 'partition' | 'offset'>): LensRecord {
  const value = 'This record is too large to show: it inflates to more than 64 MB.';
  return { partition, offset: String(offset), timestampMs: 0, key: null, value, headers: [] };
}

export function lensTopics(topics: readonly TenantTopic[], edges: Edges): LensTopic[] {
  return topics.map(({ logical, name, partitions }) => ({
    name: logical,
    partitions: Array.from({ length: partitions }, (_, partition) => {
      const { start = 0n, end = 0n } = edges.get(name)?.get(partition) ?? {};
      return { partition, start: String(start), end: String(end) };
    }),
  }));
}

/** Returns null for a group that does not use `topics`, such as an old run's. Lists every partition of a topic that it uses. */
export function lensGroup(
  group: GroupDescription,
  prefix: string,
  topics: readonly TenantTopic[],
  ends: ReadonlyMap<string, Offsets>,
): LensGroup | null {
  const name = ownGroupName(prefix, group.id);
  const byName = new Map(topics.map((topic) => [topic.name, topic]));
  const touched = new Set(
    [...group.committed, ...group.members.flatMap(({ partitions }) => partitions)].map(({ topic }) => topic),
  );
  if (name === null || (group.members.length === 0 && !topics.some((topic) => touched.has(topic.name)))) return null;
  return {
    name,
    state: group.state,
    generation: group.epoch,
    members: group.members.map(({ id, clientId, partitions }) => ({
      id,
      clientId,
      partitions: partitions.flatMap(({ topic, partition }) => {
        const own = byName.get(topic);
        return own ? [{ topic: own.logical, partition }] : [];
      }),
    })),
    offsets: topics.filter((topic) => touched.has(topic.name)).flatMap((topic) => offsetsOf(group, topic, ends.get(topic.name))),
  };
}

function offsetsOf(group: GroupDescription, { name, logical, partitions }: TenantTopic, ends: Offsets | undefined) {
  return Array.from({ length: partitions }, (_, partition) => {
    const committed = group.committed.find((own) => own.topic === name && own.partition === partition)?.offset;
    const end = ends?.get(partition) ?? 0n;
    // The end was listed a moment before or after the commit, so a lag below 0 counts as 0.
    const lag = committed === undefined ? null : end > committed ? end - committed : 0n;
    return {
      topic: logical,
      partition,
      committed: committed === undefined ? null : String(committed),
      end: String(end),
      lag: lag === null ? null : String(lag),
    };
  });
}

/** The consumer groups of a run over time, as the page has seen them. Pure; times in ms since 1970, by the clock that programs have. */
import type { LensGroup } from '#sandbox/protocol/lens.ts';

export interface GroupSample {
  atMs: number;
  groups: readonly LensGroup[];
}

/** A time in which a member owned the same partitions; `to` is null while it lasts. */
export interface MemberBar {
  from: number;
  to: number | null;
  partitions: readonly number[];
}

export interface MemberRow {
  id: string;
  name: string;
  bars: readonly MemberBar[];
  leftAt: number | null;
  /** The time in which partitions that it had owned, when it left, had no owner. */
  waiting: MemberBar | null;
}

/** A time at which partitions were dealt, by Kafka's own number; where that was not seen, counted from 1 by what was. */
export interface Generation {
  number: number;
  at: number;
}

export interface MembersOverTime {
  rows: readonly MemberRow[];
  /** When the partitions were dealt anew, the first time included. */
  generations: readonly Generation[];
}

/** At two looks a second, ten minutes. */
const MAX_SAMPLES = 1_200;

/** Returns what the server kept, with what the page has seen since. */
export function withEarlier(history: readonly GroupSample[], kept: readonly GroupSample[]): readonly GroupSample[] {
  const newest = kept.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY;
  return [...kept, ...history.filter(({ atMs }) => atMs > newest)].slice(-MAX_SAMPLES);
}

export function withSample(history: readonly GroupSample[], sample: GroupSample): readonly GroupSample[] {
  return [...history.slice(-(MAX_SAMPLES - 1)), sample];
}

/** Returns a group as it was at a moment, the newest for null; undefined when it did not exist. */
export function groupAt(history: readonly GroupSample[], name: string, atMs: number | null): LensGroup | undefined {
  const sample = history.findLast((one) => atMs === null || one.atMs <= atMs);
  return sample?.groups.find((group) => group.name === name);
}

/** Returns how long a partition has been without an owner at a moment; null while it has one. */
export function ownerlessMs(
  history: readonly GroupSample[],
  { group, topic, partition, atMs }: { group: string; topic: string; partition: number; atMs: number },
): number | null {
  let since: number | null = null;
  for (const sample of history) {
    if (sample.atMs > atMs) break;
    const found = sample.groups.find(({ name }) => name === group);
    const hasOwner = found?.members.some(({ partitions }) => owns(partitions, topic, partition)) ?? false;
    since = hasOwner || !found ? null : (since ?? sample.atMs);
  }
  return since === null ? null : Math.max(0, atMs - since);
}

/** Returns the members that a group had, in the order in which they came, and what each owned of a topic. */
export function membersOverTime(
  history: readonly GroupSample[],
  { group, topic }: { group: string; topic: string },
): MembersOverTime {
  const samples = history.map(({ atMs, groups }) => ({
    atMs,
    members: groups.find(({ name }) => name === group)?.members ?? [],
  }));
  const names = memberNames(history, group);
  const dealt = samples.map(({ atMs, members }) => ({
    atMs,
    owned: new Map(members.map(({ id, partitions }) => [id, ownOf(partitions, topic)])),
  }));
  const rows = [...names].map(([id, name]) => rowOf({ id, name, dealt }));
  return { rows, generations: numbered(history, group) ?? counted(dealt) };
}

/** Returns a name for each member that a group ever had: its client id, numbered where several members have the same. */
export function memberNames(history: readonly GroupSample[], group: string): ReadonlyMap<string, string> {
  const clientIds = new Map<string, string>();
  for (const { groups } of history) {
    for (const { id, clientId } of groups.find(({ name }) => name === group)?.members ?? []) clientIds.set(id, clientId);
  }
  const seen = new Map<string, number>();
  const all = [...clientIds.values()];
  return new Map(
    [...clientIds].map(([id, clientId]) => {
      const place = (seen.get(clientId) ?? 0) + 1;
      seen.set(clientId, place);
      return [id, all.indexOf(clientId) === all.lastIndexOf(clientId) ? clientId : `${clientId} ${place}`];
    }),
  );
}

interface Dealt {
  atMs: number;
  owned: ReadonlyMap<string, readonly number[]>;
}

function rowOf({ id, name, dealt }: { id: string; name: string; dealt: readonly Dealt[] }): MemberRow {
  const bars: MemberBar[] = [];
  let leftAt: number | null = null;
  for (const { atMs, owned } of dealt) {
    const partitions = owned.get(id);
    const open = bars.at(-1);
    if (partitions === undefined && open && open.to === null) leftAt = atMs;
    if (partitions !== undefined) leftAt = null;
    if (open && open.to === null) {
      if (partitions !== undefined && isSame(open.partitions, partitions)) continue;
      bars.splice(-1, 1, { ...open, to: atMs });
    }
    if (partitions !== undefined) bars.push({ from: atMs, to: null, partitions });
  }
  return { id, name, bars, leftAt, waiting: leftAt === null ? null : waitingOf(bars, dealt, leftAt) };
}

/** The last partitions of a member that left, until the first time at which all of them have an owner. */
function waitingOf(bars: readonly MemberBar[], dealt: readonly Dealt[], leftAt: number): MemberBar | null {
  const partitions = bars.findLast((bar) => bar.partitions.length > 0)?.partitions ?? [];
  const after = dealt.filter(({ atMs }) => atMs >= leftAt);
  const isOwned = ({ owned }: Dealt) =>
    partitions.every((partition) => [...owned.values()].some((own) => own.includes(partition)));
  const [first] = after;
  // A group that everybody has left waits for nobody.
  if (partitions.length === 0 || !first || first.owned.size === 0 || isOwned(first)) return null;
  return { from: leftAt, to: after.find(isOwned)?.atMs ?? null, partitions };
}

/** Returns null where Kafka's number was never seen. */
function numbered(history: readonly GroupSample[], group: string): Generation[] | null {
  const began: Generation[] = [];
  for (const { atMs, groups } of history) {
    const { generation = null, members = [] } = groups.find(({ name }) => name === group) ?? {};
    // Of one that everybody has left, nothing was dealt.
    if (generation !== null && members.length > 0 && generation !== began.at(-1)?.number)
      began.push({ number: generation, at: atMs });
  }
  return began.length > 0 ? began : null;
}

function counted(dealt: readonly Dealt[]): Generation[] {
  const began: number[] = [];
  let last = '';
  for (const { atMs, owned } of dealt) {
    const isDealt = [...owned.values()].some((partitions) => partitions.length > 0);
    const now = JSON.stringify([...owned].sort(([one], [other]) => one.localeCompare(other)));
    if (isDealt && now !== last) began.push(atMs);
    if (isDealt) last = now;
  }
  return began.map((at, index) => ({ number: index + 1, at }));
}

type Owned = LensGroup['members'][number]['partitions'];

function ownOf(partitions: Owned, topic: string): number[] {
  return partitions
    .filter((own) => own.topic === topic)
    .map(({ partition }) => partition)
    .sort((a, b) => a - b);
}

function owns(partitions: Owned, topic: string, partition: number): boolean {
  return partitions.some((own) => own.topic === topic && own.partition === partition);
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((partition, index) => partition === other[index]);
}

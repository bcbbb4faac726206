import { describe, expect, test } from 'vitest';
import type { LensGroup } from '#sandbox/protocol/lens.ts';
import {
  type GroupSample,
  groupAt,
  memberNames,
  membersOverTime,
  ownerlessMs,
  withEarlier,
  withSample,
} from '../../../site/src/client/group-history.ts';

const group = (members: Record<string, number[]>): LensGroup => ({
  name: 'billing',
  state: 'Stable',
  generation: null,
  members: Object.entries(members).map(([id, own]) => ({
    id,
    clientId: `worker-${id}`,
    partitions: own.map((partition) => ({ topic: 'rides', partition })),
  })),
  offsets: [],
});
const at = (atMs: number, members: Record<string, number[]> | null): GroupSample => ({
  atMs,
  groups: members ? [group(members)] : [],
});
/** A member alone, then two, then the first is gone and its partition waits until the second has it. */
const HISTORY = [
  at(1_000, null),
  at(2_000, { 1: [0, 1] }),
  at(3_000, { 1: [0, 1] }),
  at(4_000, { 1: [], 2: [] }),
  at(4_500, { 1: [0], 2: [1] }),
  at(6_000, { 2: [1] }),
  at(9_000, { 2: [0, 1] }),
];
const of = { group: 'billing', topic: 'rides' };

describe('members over time', () => {
  const { rows, generations } = membersOverTime(HISTORY, of);

  test('a row a member, with what it owned and when', () => {
    expect(rows.map(({ name, bars }) => [name, bars])).toEqual([
      [
        'worker-1',
        [
          { from: 2_000, to: 4_000, partitions: [0, 1] },
          { from: 4_000, to: 4_500, partitions: [] },
          { from: 4_500, to: 6_000, partitions: [0] },
        ],
      ],
      [
        'worker-2',
        [
          { from: 4_000, to: 4_500, partitions: [] },
          { from: 4_500, to: 9_000, partitions: [1] },
          { from: 9_000, to: null, partitions: [0, 1] },
        ],
      ],
    ]);
  });

  test('who left, and how long its partitions waited', () => {
    expect(rows.map(({ leftAt, waiting }) => [leftAt, waiting])).toEqual([
      [6_000, { from: 6_000, to: 9_000, partitions: [0] }],
      [null, null],
    ]);
  });

  test('a generation begins when the partitions are dealt anew, not while they are taken back', () => {
    expect(generations.map(({ at: began }) => began)).toEqual([2_000, 4_500, 6_000, 9_000]);
    expect(generations.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });

  test('the end of the whole group is nobody’s wait', () => {
    const ended = membersOverTime([...HISTORY, at(10_000, {})], of);
    expect(ended.rows.map(({ leftAt, waiting }) => [leftAt, waiting?.to ?? null])).toEqual([
      [6_000, 9_000],
      [10_000, null],
    ]);
    expect(ended.rows[1]?.waiting).toBeNull();
  });

  test('bars of a member follow each other without overlap, and partitions have one owner at a time', () => {
    for (let seed = 1; seed < 200; seed++) {
      let state = seed;
      const draw = (below: number) => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
      };
      const history = Array.from({ length: 30 }, (_, index) => {
        const members: Record<string, number[]> = Object.fromEntries(
          [1, 2, 3].flatMap((id) => (draw(4) === 0 ? [] : [[id, []]])),
        );
        for (const partition of [0, 1, 2, 3]) {
          const ids = Object.keys(members);
          if (ids.length > 0 && draw(5) > 0) members[ids[draw(ids.length)]!]!.push(partition);
        }
        return at(1_000 * index, members);
      });
      const over = membersOverTime(history, of);
      for (const { bars } of over.rows) {
        for (const [index, bar] of bars.entries()) {
          const next = bars[index + 1];
          if (next) expect(bar.to !== null && bar.to <= next.from).toBe(true);
        }
      }
      for (const moment of [500, 9_500, 28_500]) {
        const owned = over.rows.flatMap(({ bars }) =>
          bars.filter(({ from, to }) => from <= moment && (to === null || to > moment)).flatMap(({ partitions }) => partitions),
        );
        expect(new Set(owned).size).toBe(owned.length);
        for (const partition of [0, 1, 2, 3]) {
          const isOwned = owned.includes(partition);
          const hasGroup = groupAt(history, 'billing', moment) !== undefined;
          expect(ownerlessMs(history, { ...of, partition, atMs: moment }) === null).toBe(isOwned || !hasGroup);
        }
      }
    }
  });
});

describe('a moment', () => {
  test('shows the group as it was then', () => {
    expect(groupAt(HISTORY, 'billing', 1_500)).toBeUndefined();
    expect(groupAt(HISTORY, 'billing', 6_500)?.members).toHaveLength(1);
    expect(groupAt(HISTORY, 'billing', null)?.members[0]?.partitions).toHaveLength(2);
  });

  test('says for how long a partition has had nobody', () => {
    const ms = (partition: number, atMs: number) => ownerlessMs(HISTORY, { ...of, partition, atMs });
    expect([ms(0, 5_900), ms(0, 6_000), ms(0, 8_900), ms(0, 9_100), ms(1, 8_900)]).toEqual([null, 0, 2_900, null, null]);
  });
});

test('members with one client id are numbered in the order in which they came', () => {
  const members = ['a', 'b'].map((id) => ({ id, clientId: 'main', partitions: [] }));
  expect([...memberNames([{ atMs: 0, groups: [{ ...group({}), members }] }], 'billing').values()]).toEqual(['main 1', 'main 2']);
});

test('ten minutes are kept', () => {
  let history: readonly GroupSample[] = [];
  for (let atMs = 0; atMs < 3_000; atMs++) history = withSample(history, at(atMs, null));
  expect([history.length, history[0]?.atMs, history.at(-1)?.atMs]).toEqual([1_200, 1_800, 2_999]);
});

describe("Kafka's own generation", () => {
  const dealt = (atMs: number, generation: number | null, members: Record<string, number[]>): GroupSample => ({
    atMs,
    groups: [{ ...group(members), generation }],
  });

  test('begins when its number changes, though the same members own the same partitions, and not while nobody is there', () => {
    const history = [
      dealt(1_000, null, { 1: [0, 1] }),
      dealt(1_500, 7, { 1: [0, 1] }),
      dealt(2_000, 8, { 1: [0, 1] }),
      dealt(2_500, 8, { 1: [0], 2: [1] }),
      dealt(3_000, 9, {}),
    ];
    expect(membersOverTime(history, of).generations).toEqual([
      { number: 7, at: 1_500 },
      { number: 8, at: 2_000 },
    ]);
  });
});

test('after a reload the history is what the server kept, with what has come since, each once', () => {
  const kept = HISTORY.slice(0, 4);
  expect(withEarlier(HISTORY.slice(3), kept)).toEqual(HISTORY);
  expect(withEarlier([], kept)).toEqual(kept);
  expect(withEarlier(HISTORY, [])).toEqual(HISTORY);
});

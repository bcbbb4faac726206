import { expect, test } from 'vitest';
import { readGroups } from '#sandbox/grading/judge/groups.ts';
import { committedIn, isRead } from '#sandbox/grading/kit/index.ts';
import type { GroupDescription, GroupListing } from '#sandbox/services/kafka/client/connect.ts';

const coordinator = { host: 'broker', port: 1 };
const listing = (id: string, type = 'classic'): GroupListing => ({ id, type, state: 'Stable', coordinator });
const topics = [
  { logical: 'orders', name: 'u1.1.orders' },
  { logical: 'copies', name: 'u1.1.copies' },
];
const client = {
  listGroups: async () => [listing('u1.readers'), listing('u1.audit', 'Consumer'), listing('u1.s', 'share'), listing('u12.x')],
  describeGroup: async (group: GroupListing): Promise<GroupDescription> => ({
    ...group,
    epoch: null,
    members: [
      {
        id: 'm1',
        clientId: 'exercise',
        partitions: [
          { topic: 'u1.1.orders', partition: 1 },
          { topic: 'u1.0.orders', partition: 0 },
        ],
      },
    ],
    committed: [
      { topic: 'u1.1.orders', partition: 1, offset: 7n },
      { topic: 'u1.0.orders', partition: 1, offset: 3n },
    ],
  }),
};

test('gives the groups of the round by their own names, with its topics only', async () => {
  const groups = await readGroups({ client, prefix: 'u1.', topics });
  const seen = {
    members: [{ id: 'm1', partitions: [{ topic: 'orders', partition: 1 }] }],
    committed: [{ topic: 'orders', partition: 1, offset: 7n }],
  };
  expect(groups).toEqual([
    { id: 'audit', ...seen },
    { id: 'readers', ...seen },
  ]);
});

test('a topic is read when a member was assigned a partition of it', async () => {
  const groups = await readGroups({ client, prefix: 'u1.', topics });
  expect(isRead(groups, 'orders')).toBe(true);
  expect(isRead(groups, 'copies')).toBe(false);
});

test('tells what a group has committed in a partition, and where it has nothing', async () => {
  const [group] = await readGroups({ client, prefix: 'u1.', topics });
  expect(committedIn(group!, { topic: 'orders', partition: 1 })).toBe(7n);
  expect(committedIn(group!, { topic: 'orders', partition: 0 })).toBeNull();
});

import { expect, test } from 'vitest';
import { lensGroup, lensRecord, lensTopics } from '#sandbox/lens/view.ts';
import { lensGroupSchema, lensRecordSchema, lensTopicSchema } from '#sandbox/protocol/lens.ts';
import type { GroupDescription } from '#sandbox/services/kafka/client/connect.ts';

const PREFIX = 'u0123abcd.';
const TOPICS = [
  { logical: 'orders', name: 'u0123abcd.3.orders', partitions: 2 },
  { logical: 'receipts', name: 'u0123abcd.3.receipts', partitions: 1 },
];
const ENDS = new Map([
  [
    'u0123abcd.3.orders',
    new Map([
      [0, 5n],
      [1, 9007199254740993n],
    ]),
  ],
  ['u0123abcd.3.receipts', new Map([[0, 0n]])],
]);

function group(changes: Partial<GroupDescription>): GroupDescription {
  const coordinator = { host: '127.0.0.1', port: 1 };
  return {
    id: 'u0123abcd.billing',
    state: 'Stable',
    type: 'classic',
    coordinator,
    epoch: null,
    members: [],
    committed: [],
    ...changes,
  };
}

test('a partition without known offsets is empty', () => {
  const edges = new Map([['u0123abcd.3.orders', new Map([[1, { start: 2n, end: 5n }]])]]);
  const [orders, receipts] = lensTopics(TOPICS, edges).map((topic) => lensTopicSchema.parse(topic));
  expect(orders).toEqual({
    name: 'orders',
    partitions: [
      { partition: 0, start: '0', end: '0' },
      { partition: 1, start: '2', end: '5' },
    ],
  });
  expect(receipts?.partitions).toHaveLength(1);
});

test('a record is shown as text, with offsets beyond 2^53 and every header in order', () => {
  const record = lensRecord({
    partition: 1,
    offset: 9007199254740993n,
    timestampMs: 1_700_000_000_000,
    key: Buffer.from('driver-17'),
    value: null,
    headers: [
      ['__proto__', Buffer.from('x')],
      ['trace', null],
      ['trace', Buffer.from('b')],
      ['trace', Buffer.from('a')],
    ],
  });
  expect(lensRecordSchema.parse(record)).toMatchObject({ offset: '9007199254740993', key: 'driver-17', value: null });
  expect(record.headers).toEqual([
    ['__proto__', 'x'],
    ['trace', null],
    ['trace', 'b'],
    ['trace', 'a'],
  ]);
});

test('a record says which of its parts are not whole text', () => {
  const record = lensRecord({
    ...{ partition: 0, offset: 0n, timestampMs: 0, key: Buffer.from([0xff]), value: Buffer.alloc(3_000, 'a') },
    headers: [
      ['trace', Buffer.from('0xff')],
      ['trace', Buffer.from([0xff])],
    ],
  });
  expect(lensRecordSchema.parse(record).shownInPart).toEqual({
    key: { hex: true, shownBytes: 1, bytes: 1 },
    value: { hex: false, shownBytes: 2_048, bytes: 3_000 },
    1: { hex: true, shownBytes: 1, bytes: 1 },
  });
});

test('a group shows assigned partitions, committed offsets and lag under logical names', () => {
  const members = [{ id: 'm1', clientId: 'main', partitions: [{ topic: 'u0123abcd.3.orders', partition: 1 }] }];
  const committed = [{ topic: 'u0123abcd.3.orders', partition: 1, offset: 9007199254740990n }];
  const shown = lensGroup(group({ members, committed, epoch: 7 }), PREFIX, TOPICS, ENDS);
  expect(lensGroupSchema.parse(shown)).toEqual({
    name: 'billing',
    state: 'Stable',
    generation: 7,
    members: [{ id: 'm1', clientId: 'main', partitions: [{ topic: 'orders', partition: 1 }] }],
    offsets: [
      { topic: 'orders', partition: 0, committed: null, end: '5', lag: null },
      { topic: 'orders', partition: 1, committed: '9007199254740990', end: '9007199254740993', lag: '3' },
    ],
  });
});

test('a commit ahead of the listed end has a lag of 0', () => {
  const committed = [{ topic: 'u0123abcd.3.orders', partition: 0, offset: 6n }];
  expect(lensGroup(group({ committed }), PREFIX, TOPICS, ENDS)?.offsets[0]).toMatchObject({
    committed: '6',
    lag: '0',
  });
});

test('a group left from an earlier run is not shown', () => {
  const committed = [{ topic: 'u0123abcd.2.orders', partition: 0, offset: 6n }];
  expect(lensGroup(group({ committed, state: 'Empty' }), PREFIX, TOPICS, ENDS)).toBeNull();
});

test("another tenant's group is not shown", () => {
  const committed = [{ topic: 'u0123abcd.3.orders', partition: 0, offset: 1n }];
  expect(lensGroup(group({ id: 'u0123abce.billing', committed }), PREFIX, TOPICS, ENDS)).toBeNull();
});

import { AssignerProtocol } from 'kafkajs';
import { expect, test } from 'vitest';
import { readAssignment } from '#sandbox/services/kafka/client/assignment.ts';

test('reads what kafkajs writes', () => {
  const assignment = { orders: [0, 2], 'driver-events': [1] };
  const bytes = AssignerProtocol.MemberAssignment.encode({ version: 0, assignment, userData: Buffer.from('x') });
  expect(readAssignment(bytes)).toEqual([
    { topic: 'orders', partition: 0 },
    { topic: 'orders', partition: 2 },
    { topic: 'driver-events', partition: 1 },
  ]);
});

test.each(['', '00', '0000', '00007fffffff', '0000ffffffff', '00000001000a6f7264', '0000000100016f7fffffff'])(
  'reads malformed bytes (%s) as an empty assignment',
  (hex) => {
    expect(readAssignment(Buffer.from(hex, 'hex'))).toEqual([]);
  },
);

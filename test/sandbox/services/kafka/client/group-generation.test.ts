import { expect, test } from 'vitest';
import { generationIn } from '#sandbox/services/kafka/client/group-generation.ts';

const int16 = (value: number) => Buffer.from([(value >> 8) & 255, value & 255]);
const int32 = (value: number) => Buffer.from([value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255]);
const text = (value: string) => Buffer.concat([int16(Buffer.byteLength(value)), Buffer.from(value)]);
const compact = (value: string) => Buffer.concat([Buffer.from([value.length + 1]), Buffer.from(value)]);
const key = (group: string, version = 2) => Buffer.concat([int16(version), text(group)]);
const rest = Buffer.alloc(20);

test.each([
  [0, Buffer.concat([int16(0), text('consumer'), int32(7), rest])],
  [3, Buffer.concat([int16(3), text('consumer'), int32(7), rest])],
  [4, Buffer.concat([int16(4), compact('consumer'), int32(7), rest])],
])('is read of a record in version %i', (_version, value) => {
  expect(generationIn({ key: key('u7f.räder'), value })).toEqual({ group: 'u7f.räder', generation: 7 });
});

test('is in no other record: a commit, the end of a group, the newer protocol, bytes that are cut', () => {
  const value = Buffer.concat([int16(3), text('consumer'), int32(7), rest]);
  expect(generationIn({ key: key('a', 1), value })).toBeNull();
  expect(generationIn({ key: key('a', 3), value })).toBeNull();
  expect(generationIn({ key: key('a'), value: null })).toBeNull();
  expect(generationIn({ key: null, value })).toBeNull();
  expect(generationIn({ key: key('a'), value: value.subarray(0, 5) })).toBeNull();
  expect(generationIn({ key: Buffer.alloc(1), value })).toBeNull();
});

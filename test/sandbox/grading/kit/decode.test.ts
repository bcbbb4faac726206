import { expect, test } from 'vitest';
import { bytesId, isText, jsonOf, show, textOf } from '#sandbox/grading/kit/decode.ts';

const NUMBERS = [200, 201].map((number) => Buffer.from([0, 0, 0, number]));

test('keys that are not text are compared as bytes and shown in hexadecimal', () => {
  expect(new Set(NUMBERS.map(bytesId)).size).toBe(2);
  expect(NUMBERS.map(textOf)).toEqual(['0x000000c8', '0x000000c9']);
});

test('no key, an empty key and a key whose text looks like bytes are three keys', () => {
  const keys = [null, Buffer.alloc(0), Buffer.from('0xc8'), Buffer.from([0xc8])];
  expect(new Set(keys.map(bytesId)).size).toBe(4);
  expect(isText(Buffer.from([0xc8]), '0xc8')).toBe(false);
  expect(isText(Buffer.from('\ufffd'), '\ufffd')).toBe(true);
  expect(isText(Buffer.from([0xc8]), '\ufffd')).toBe(false);
});

test('a value that is not UTF-8 is not JSON', () => {
  const record = { topic: 'orders', partition: 0, offset: 0n, timestampMs: 0, key: null, headers: [] };
  expect(jsonOf({ ...record, value: Buffer.from('{"name":"Zoë"}') })).toEqual({ name: 'Zoë' });
  expect(jsonOf({ ...record, value: Buffer.from('{"name":"Zoë"}', 'latin1') })).toBeUndefined();
});

test('a value is cut to a line, and never within a code point', () => {
  expect(show('🚲'.repeat(100))).toBe(`${'🚲'.repeat(79)}…`);
  expect(show('a'.repeat(160))).toBe('a'.repeat(160));
});

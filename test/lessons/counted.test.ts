import { expect, test } from 'vitest';
import { counted } from '#lessons/counted.ts';

test('one of a kind is named in the singular, any other number in the plural', () => {
  expect([0, 1, 2, 1204].map((count) => counted(count, 'key'))).toEqual(['0 keys', '1 key', '2 keys', '1,204 keys']);
  expect([1, 3].map((count) => counted(count, 'different key'))).toEqual(['1 different key', '3 different keys']);
  expect([1, 3].map((count) => counted(count, 'entry', 'entries'))).toEqual(['1 entry', '3 entries']);
});

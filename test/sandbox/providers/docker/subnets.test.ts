import { expect, test } from 'vitest';
import { subnetsOf } from '#sandbox/providers/docker/subnets.ts';

function first(count: number, range: string, start: number) {
  const pieces = subnetsOf(range, start);
  return Array.from({ length: count }, () => pieces.next().value);
}

test('splits a range into pieces of 16 addresses, from any piece onwards and around', () => {
  expect(first(3, '10.201.0.0/26', 3).map(({ cidr }) => cidr)).toEqual(['10.201.0.48/28', '10.201.0.0/28', '10.201.0.16/28']);
  expect(new Set(first(4096, '10.201.0.0/16', 7).map(({ cidr }) => cidr)).size).toBe(4096);
});

test('a piece starts with the machine, then its containers, and excludes the broadcast address', () => {
  const [piece] = first(1, '10.201.0.0/16', 1);
  expect(piece?.gateway).toBe('10.201.0.17');
  expect(piece?.address(0)).toBe('10.201.0.18');
  expect(piece?.address(12)).toBe('10.201.0.30');
  expect(() => piece?.address(13)).toThrow('no further address');
});

test('rejects a range of fewer than 16 addresses', () => {
  expect(() => first(1, '10.201.0.0/29', 0)).toThrow('10.201.0.0/29 is too small');
});

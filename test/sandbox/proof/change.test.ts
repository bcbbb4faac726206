import { expect, test } from 'vitest';
import { changeSince } from '#sandbox/proof/change.ts';
import type { Proof } from '#sandbox/proof/record.ts';

const proof: Proof = { folder: 'own', common: 'common', programs: 3, gradings: 3, repeats: 1, date: '2026-01-31' };

test('compares a lesson with its record: first its own folder, then the common ground', () => {
  expect(changeSince(undefined, proof)).toBe('unrecorded');
  expect(changeSince(proof, { folder: 'other', common: 'common' })).toBe('folder');
  expect(changeSince(proof, { folder: 'other', common: 'other' })).toBe('folder');
  expect(changeSince(proof, { folder: 'own', common: 'other' })).toBe('common');
  expect(changeSince(proof, { folder: 'own', common: 'common' })).toBe('nothing');
});

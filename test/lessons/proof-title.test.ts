import { expect, test } from 'vitest';
import type { Proof } from '#sandbox/proof/record.ts';
import { proofTitle } from './proof-title.ts';

const proof: Proof = { folder: 'own', common: 'common', programs: 5, gradings: 5, repeats: 1, date: '2026-01-31' };
const programs = ['starter', 'solution', 'wrong/a.ts', 'wrong/b.ts', 'wrong/c.ts'].map((name) => ({
  kind: 'wrong' as const,
  name,
}));
const names = programs.map(({ name }) => name);
const lesson = { lesson: 'log/keys', programs, names };
const now = new Date('2026-02-02T08:00:00Z');

test('names what is proven, by which record, and its age', () => {
  expect(proofTitle({ ...lesson, change: 'unrecorded' }, undefined, now)).toBe(
    'log/keys has no record and is proven in full: all 5 programs show what they must',
  );
  expect(proofTitle({ ...lesson, change: 'folder' }, proof, now)).toBe(
    'log/keys differs from its record of 2026-01-31 (2 days old) and is proven in full: all 5 programs show what they must',
  );
  expect(proofTitle({ ...lesson, names: names.slice(0, 4), change: 'common' }, proof, now)).toBe(
    'log/keys is proven in part, because the common ground differs from its record of 2026-01-31 (2 days old): 4 of 5 programs show what they must',
  );
  expect(proofTitle({ ...lesson, names: names.slice(0, 3), change: 'nothing' }, proof, now)).toBe(
    'log/keys is proven by its record of 2026-01-31 (2 days old): starter, solution, wrong/a.ts show what they must',
  );
});

test.each([
  ['2026-01-31T23:59:00Z', '(today)'],
  ['2026-02-01T00:00:00Z', '(1 day old)'],
  ['2026-01-30T23:00:00Z', '(today)'],
])('at %s gives the age %s', (at, age) => {
  expect(proofTitle({ ...lesson, change: 'nothing' }, proof, new Date(at))).toContain(age);
});

import { expect, test } from 'vitest';
import { minutesTable } from '#sandbox/proof/minutes.ts';
import { proofTable } from '#sandbox/proof/table.ts';
import { exerciseWith } from '../grading/exercise-fixture.ts';

const plain = exerciseWith('passes.ts');
const exercise = { ...plain, spec: { ...plain.spec, wrong: { 'x.ts': { fails: 'ends', diagnosis: 'NEVER_ENDED' } } } };

test('the table names the seed that replays a failed proof', () => {
  const subject = { kind: 'wrong' as const, name: 'wrong/x.ts', files: {} };
  const attempts = [
    { problem: null, found: null, seed: 1, tookMs: 10 },
    { problem: 'must fail ends, passed', found: null, seed: 99, tookMs: 30 },
  ];
  const table = proofTable(exercise, [{ subject, attempts }], 1);
  expect(table).toContain('BROKEN  wrong/x.ts  1/2      30 ms  seed 99: must fail ends, passed');
  expect(table).toContain('0 of 1 program holds');
});

test('lists the minutes of each lesson and their total', () => {
  const took = [
    { lesson: 'log/append', seconds: 90 },
    { lesson: 'log/keys', seconds: 630 },
  ];
  expect(minutesTable(took).split('\n')).toEqual(['   1.5 min  log/append', '  10.5 min  log/keys', '  12.0 min  in all']);
});

import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { wrongSchema } from '#lessons/schema.ts';
import { foundLines } from '#sandbox/proof/found-lines.ts';
import type { Found } from '#sandbox/proof/rules.ts';
import type { Subject } from '#sandbox/proof/subjects.ts';

const row = (kind: Subject['kind'], name: string, results: (Found | null)[]) => ({
  subject: { kind, name, files: {} },
  attempts: results.map((found) => ({ problem: found ? null : 'must fail ends, passed', found, seed: 1, tookMs: 1 })),
});

test('prints what each wrong program got as entries that exercise.yaml takes', () => {
  const question = 'Who "ends" it: you, or \\ nobody? # 1';
  const lines = foundLines([
    row('solution', 'solution', [null]),
    row('wrong', 'wrong/a.ts', [{ fails: 'ends', diagnosis: 'NEVER_ENDED', asks: question }]),
    row('wrong', 'wrong/b.ts', [{ fails: 'stored', diagnosis: null, asks: null }]),
  ]);
  const { wrong } = parse(lines);
  expect(Object.keys(wrong)).toEqual(['a.ts', 'b.ts']);
  expect(wrongSchema.parse(wrong['a.ts'])).toEqual({ fails: 'ends', diagnosis: 'NEVER_ENDED', asks: question });
  expect(wrongSchema.parse(wrong['b.ts'])).toEqual({ fails: 'stored', asks: null });
});

test('a result that differs between gradings, and a program that passed, cannot be copied by mistake', () => {
  const one: Found = { fails: 'ends', diagnosis: null, asks: 'a' };
  const other: Found = { fails: 'stored', diagnosis: null, asks: 'b' };
  const lines = foundLines([row('wrong', 'wrong/a.ts', [one, other, one]), row('wrong', 'wrong/b.ts', [null])]).split('\n');
  expect(lines).toEqual([
    'wrong:',
    '  a.ts: { fails: ends, asks: "a" }',
    '  # or a.ts: { fails: stored, asks: "b" }',
    '  b.ts: # must fail ends, passed',
    '',
  ]);
});

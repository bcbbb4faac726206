import { expect, test } from 'vitest';
import { objection, unprovenChecks } from '#sandbox/proof/rules.ts';
import type { CheckResult, Report } from '#sandbox/protocol/report.ts';
import { exerciseWith } from '../grading/exercise-fixture.ts';
import { fail, pass, report, skipped } from './report-fixture.ts';

const plain = exerciseWith('passes.ts');
const exercise = { ...plain, spec: { ...plain.spec, wrong: { 'x.ts': { fails: 'ends', diagnosis: 'NEVER_ENDED' } } } };
const judge = (kind: Parameters<typeof objection>[0]['kind'], name: string, given: Report) =>
  objection({ kind, name }, given, exercise);

test('the empty program may pass no check, and may not pass by skipping them all', () => {
  expect(judge('empty', 'empty', report([fail('stored'), skipped('ends')]))).toBeNull();
  expect(judge('empty', 'empty', report([fail('stored'), pass('ends')]))).toContain('passed ends');
  expect(judge('empty', 'empty', report([skipped('stored'), skipped('ends')]))).not.toBeNull();
});

test('the starter must fail; solution and alternates must pass', () => {
  expect(judge('starter', 'starter', report([pass('stored'), fail('ends')]))).toBeNull();
  expect(judge('starter', 'starter', report([pass('stored'), pass('ends')]))).toBe('must fail, passed');
  expect(judge('solution', 'solution', report([pass('stored'), pass('ends')]))).toBeNull();
  expect(judge('alternate', 'alternates/a.ts', report([pass('stored'), fail('ends')]))).toBe(
    'must pass, failed ends, was asked "q"',
  );
});

test('a wrong program must fail first on its check, with its diagnosis', () => {
  expect(judge('wrong', 'wrong/x.ts', report([pass('stored'), fail('ends', 'NEVER_ENDED')]))).toBeNull();
  expect(judge('wrong', 'wrong/x.ts', report([pass('stored'), fail('ends')]))).toContain('failed ends');
  expect(judge('wrong', 'wrong/x.ts', report([fail('stored'), fail('ends', 'NEVER_ENDED')]))).toContain('failed stored');
  expect(judge('wrong', 'wrong/x.ts', report([pass('stored'), pass('ends')]))).toContain('passed');
});

test('a wrong program must be asked its question, or nothing specific, where the lesson says so', () => {
  const asking = (asks: string | null) => ({
    spec: { ...exercise.spec, wrong: { 'x.ts': { fails: 'ends', diagnosis: 'NEVER_ENDED', asks } } },
  });
  const given = (question: string) => report([pass('stored'), { ...fail('ends', 'NEVER_ENDED'), question } as CheckResult]);
  const ask = (asks: string | null, question: string) =>
    objection({ kind: 'wrong', name: 'wrong/x.ts' }, given(question), asking(asks));
  expect(ask('Who ends it?', 'Who ends it?')).toBeNull();
  expect(ask(null, '')).toBeNull();
  expect(ask('Who ends it?', 'Who starts it?')).toBe(
    'must be asked "Who ends it?" at ends with NEVER_ENDED, was asked "Who starts it?"',
  );
  expect(ask('Who ends it?', '')).toContain('was asked nothing specific');
  expect(ask(null, 'Who ends it?')).toBe('must be asked nothing specific at ends with NEVER_ENDED, was asked "Who ends it?"');
});

test('a program that could not be judged proves nothing', () => {
  for (const kind of ['empty', 'starter', 'solution', 'wrong'] as const) {
    expect(judge(kind, 'wrong/x.ts', report([skipped('stored')], 'Kafka was gone.'))).toContain('could not be judged');
  }
});

test('names a check that no wrong program fails', () => {
  expect(unprovenChecks(exercise)).toEqual(['stored']);
});

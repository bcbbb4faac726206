import { expect, test } from 'vitest';
import { junitOf } from '#sandbox/commands/junit.ts';
import { objection, unprovenChecks } from '#sandbox/commands/proof.ts';
import { proofTable } from '#sandbox/commands/proof-table.ts';
import type { CheckResult, Report } from '#sandbox/protocol/report.ts';
import { exerciseWith } from '../grading/exercise-fixture.ts';

const plain = exerciseWith('passes.ts');
const exercise = { ...plain, spec: { ...plain.spec, wrong: { 'x.ts': { fails: 'ends', diagnosis: 'NEVER_ENDED' } } } };
const pass = (id: string): CheckResult => ({ id, title: id, status: 'pass' });
const fail = (id: string, diagnosis: string | null = null): CheckResult => ({
  id,
  title: `${id} <"&">`,
  status: 'fail',
  round: 1,
  message: 'a & b\u0007',
  expected: 'e',
  question: 'q',
  diagnosis,
  evidence: [],
});
const skipped = (id: string): CheckResult => ({ id, title: id, status: 'skipped', needs: null });
const now = new Date(0).toISOString();
function report(checks: CheckResult[], error: string | null = null): Report {
  const failed = checks.some(({ status }) => status === 'fail');
  return {
    version: 1,
    submissionId: 's',
    lesson: 'test/lesson',
    status: error === null ? (failed ? 'fail' : 'pass') : 'error',
    score: 0,
    seed: 3,
    rounds: 2,
    contentHash: '',
    graderHash: '',
    phases: { queued: now, started: now, ready: now, ran: now, graded: now },
    checks,
    output: { text: '', truncated: false },
    error,
  };
}
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
  expect(judge('alternate', 'alternates/a.ts', report([pass('stored'), fail('ends')]))).toBe('must pass, failed ends');
});

test('a wrong program must fail first on its check, with its diagnosis', () => {
  expect(judge('wrong', 'wrong/x.ts', report([pass('stored'), fail('ends', 'NEVER_ENDED')]))).toBeNull();
  expect(judge('wrong', 'wrong/x.ts', report([pass('stored'), fail('ends')]))).toContain('failed ends');
  expect(judge('wrong', 'wrong/x.ts', report([fail('stored'), fail('ends', 'NEVER_ENDED')]))).toContain('failed stored');
  expect(judge('wrong', 'wrong/x.ts', report([pass('stored'), pass('ends')]))).toContain('passed');
});

test('a program that could not be judged proves nothing', () => {
  for (const kind of ['empty', 'starter', 'solution', 'wrong'] as const) {
    expect(judge(kind, 'wrong/x.ts', report([skipped('stored')], 'Kafka was gone.'))).toContain('could not be judged');
  }
});

test('a check that no wrong program fails is named', () => {
  expect(unprovenChecks(exercise)).toEqual(['stored']);
});

test('the table names the seed that replays what does not hold', () => {
  const subject = { kind: 'wrong' as const, name: 'wrong/x.ts', files: {} };
  const attempts = [
    { problem: null, seed: 1, tookMs: 10 },
    { problem: 'must fail ends, passed', seed: 99, tookMs: 30 },
  ];
  const table = proofTable(exercise, [{ subject, attempts }], 1);
  expect(table).toContain('BROKEN  wrong/x.ts  1/2      30 ms  seed 99: must fail ends, passed');
  expect(table).toContain('0 of 1 programs hold');
});

test('JUnit XML counts and escapes', () => {
  const xml = junitOf(report([pass('stored'), fail('ends', 'NEVER_ENDED')]));
  expect(xml).toContain('tests="2" failures="1" errors="0" skipped="0"');
  expect(xml).toContain('name="ends &lt;&quot;&amp;&quot;&gt;"');
  expect(xml).toContain('<failure message="a &amp; b" type="NEVER_ENDED">e&#10;q</failure>');
  expect(junitOf(report([skipped('stored')], 'gone'))).toContain('errors="1" skipped="0"');
});

import { expect, test } from 'vitest';
import { type MutantRow, mutantProblems, mutantTable } from '#sandbox/proof/mutants/table.ts';
import { type Outcome, outcomeOf, percentKilled, verdictOf } from '#sandbox/proof/mutants/verdict.ts';
import { fail, pass, report } from '../report-fixture.ts';

const passed = report([pass('a'), pass('b')]);
const failed = report([pass('a'), fail('b')]);
const refused = report([fail('a', 'SQL_REFUSED')]);
const broken = report([], 'Kafka was gone.');

test.each<[Outcome, string, Parameters<typeof outcomeOf>[0]]>([
  ['killed', 'any check fails', [failed]],
  ['survived', 'no check fails', [passed]],
  ['survived', 'it passes one of several gradings', [failed, passed, failed]],
  ['refused', 'the planner refuses it each time', [refused, refused]],
  ['killed', 'it is refused only once', [refused, failed]],
  ['unjudged', 'a grading could not be judged', [failed, broken]],
  ['survived', 'it passes, whatever happened before', [broken, passed]],
])('a mutant is %s when %s', (outcome, _, reports) => {
  expect(outcomeOf(reports)).toBe(outcome);
});

const result = (id: string, outcome: Outcome) => ({ mutant: { id, diff: `- ${id}` }, outcome });

test('every mutant that compiles must be killed or explained', () => {
  const results = [result('a', 'killed'), result('b', 'survived'), result('c', 'refused')];
  expect(verdictOf(results, { b: 'does the same' })).toEqual({
    ...{ mutants: 2, killed: 1, equivalent: 1, refused: 1, unexplained: [], unjudged: [], stale: [] },
    held: true,
  });
  expect(verdictOf(results, {})).toMatchObject({ held: false, equivalent: 0, unexplained: [{ id: 'b', diff: '- b' }] });
});

test('a listed mutant that is killed, is refused or does not exist is reported', () => {
  const results = [result('a', 'killed'), result('c', 'refused'), result('d', 'unjudged')];
  const { stale, held } = verdictOf(results, { a: 'same', b: 'same', c: 'same', d: 'same' });
  expect(held).toBe(false);
  expect(stale).toEqual([
    { id: 'a', why: 'a check catches it' },
    { id: 'b', why: 'there is no such mutant of the solution' },
    { id: 'c', why: 'it does not compile' },
  ]);
});

test('a mutant that could not be judged proves nothing', () => {
  expect(verdictOf([result('a', 'unjudged')], {})).toMatchObject({ held: false, unjudged: ['a'] });
});

test('the percentage is of the mutants that make a difference', () => {
  expect(percentKilled({ mutants: 12, killed: 9, equivalent: 2 })).toBe(90);
  expect(percentKilled({ mutants: 2, killed: 0, equivalent: 2 })).toBe(100);
});

test('prints a line per lesson, and names each problem with its change', () => {
  const row: MutantRow = {
    ...{ lesson: 'log/keys', seconds: 90, ...verdictOf([result('a', 'killed'), result('b', 'survived')], { gone: 'same' }) },
  };
  expect(mutantTable([row]).split('\n')).toEqual([
    'lesson    mutants  killed  equivalent  unexplained  percent  minutes',
    'log/keys        2       1           0            1     50.0      1.5',
  ]);
  expect(mutantProblems({ ...row, unjudged: ['c'] })).toEqual([
    'log/keys: no check fails for "b"\n- b',
    'log/keys: "c" could not be judged',
    'log/keys: exercise.yaml lists "gone" under equivalent, but there is no such mutant of the solution',
  ]);
});

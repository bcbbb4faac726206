import { expect, test } from 'vitest';
import type { Change } from '#sandbox/proof/change.ts';
import { GRADINGS_OF_CHANGED_GROUND, type LessonState, planProofs } from './proof-plan.ts';

function state(lesson: string, change: Change, wrong = 20): LessonState {
  const named = Array.from({ length: wrong }, (_, index) => ({ kind: 'wrong' as const, name: `wrong/${index}.ts` }));
  const rest = [
    { kind: 'empty', name: 'empty' },
    { kind: 'starter', name: 'starter' },
    { kind: 'solution', name: 'solution' },
    { kind: 'alternate', name: 'alternates/a.ts' },
  ] as const;
  return { lesson, change, programs: [...rest, ...named] };
}

const plan = (lessons: LessonState[], { drawnBy = 'c0ffee', budget = 30 } = {}) => planProofs(lessons, { drawnBy, budget });
const counts = (lessons: LessonState[], budget: number) => plan(lessons, { budget }).map(({ names }) => names.length);
const commits = Array.from({ length: 400 }, (_, index) => `commit ${index}`);

test.each(['unrecorded', 'folder'] as const)('proves every program of a lesson with the change "%s"', (change) => {
  const lesson = state('log/append', change);
  expect(plan([lesson], { budget: 3 })[0]?.names).toEqual(lesson.programs.map(({ name }) => name));
});

test('proves starter, solution and one wrong program when nothing differs', () => {
  expect(plan([state('log/append', 'nothing')])[0]?.names).toEqual(['starter', 'solution', expect.stringMatching(/^wrong\//)]);
});

test('proves starter, solution and as many wrong programs as the budget allows when only the common ground differs', () => {
  const [lesson] = plan([state('log/append', 'common')], { budget: 12 });
  expect(lesson?.names.slice(0, 2)).toEqual(['starter', 'solution']);
  expect(lesson?.names.filter((name) => name.startsWith('wrong/'))).toHaveLength(10);
});

test('shares one budget evenly among all lessons and uses it up', () => {
  const lessons = ['a', 'b', 'c'].map((lesson) => state(lesson, 'common'));
  expect(counts(lessons, 30)).toEqual([10, 10, 10]);
  expect(counts(lessons, 31).sort()).toEqual([10, 10, 11]);
});

test('gives the rest of a share to the other lessons when a lesson has few wrong programs', () => {
  expect(counts([state('a', 'common', 1), state('b', 'common'), state('c', 'common')], 27)).toEqual([3, 12, 12]);
});

test('gives each lesson a wrong program even when the budget is too small', () => {
  expect(counts([state('a', 'common'), state('b', 'common'), state('c', 'common')], 4)).toEqual([3, 3, 3]);
});

test('proves no program twice when the budget exceeds all programs', () => {
  expect(counts([state('a', 'common', 2), state('b', 'common', 0)], 1000)).toEqual([4, 2]);
});

test('takes nothing from the budget for lessons that are proven in full or by their record', () => {
  const lessons = [state('a', 'unrecorded'), state('b', 'common'), state('c', 'nothing')];
  expect(counts(lessons, 12)).toEqual([24, 12, 3]);
});

test('fits twenty-five lessons into the budget of npm test', () => {
  const lessons = Array.from({ length: 25 }, (_, index) => state(`log/${index}`, 'common'));
  expect(counts(lessons, GRADINGS_OF_CHANGED_GROUND).reduce((sum, count) => sum + count)).toBe(GRADINGS_OF_CHANGED_GROUND);
});

test('draws the same programs for the same commit, even when another lesson comes first', () => {
  const [alone] = plan([state('b', 'nothing')]);
  expect(plan([state('a', 'nothing'), state('b', 'nothing')])[1]).toEqual(alone);
});

test.each(['common', 'nothing'] as const)('draws every wrong program over many commits for the change "%s"', (change) => {
  const lesson = state('log/append', change);
  const drawn = new Set(commits.flatMap((drawnBy) => plan([lesson], { drawnBy, budget: 5 })[0]?.names ?? []));
  const wanted = lesson.programs.filter(({ kind }) => kind !== 'empty' && kind !== 'alternate').map(({ name }) => name);
  expect([...drawn].sort()).toEqual(wanted.sort());
});

test('gives the rest of a budget to each lesson over many commits', () => {
  const lessons = ['a', 'b', 'c'].map((lesson) => state(lesson, 'common'));
  const favoured = commits.map(
    (drawnBy) => plan(lessons, { drawnBy, budget: 10 }).find(({ names }) => names.length === 4)?.lesson,
  );
  expect(new Set(favoured)).toEqual(new Set(['a', 'b', 'c']));
});

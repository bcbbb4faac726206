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

test.each(['unrecorded', 'folder'] as const)('of a lesson with the change "%s" every program is proven', (change) => {
  const lesson = state('log/append', change);
  expect(plan([lesson], { budget: 3 })[0]?.names).toEqual(lesson.programs.map(({ name }) => name));
});

test('where nothing differs, starter, solution and one wrong program are proven', () => {
  expect(plan([state('log/append', 'nothing')])[0]?.names).toEqual(['starter', 'solution', expect.stringMatching(/^wrong\//)]);
});

test('where only the common ground differs, starter, solution and as many wrong programs as the budget allows are proven', () => {
  const [lesson] = plan([state('log/append', 'common')], { budget: 12 });
  expect(lesson?.names.slice(0, 2)).toEqual(['starter', 'solution']);
  expect(lesson?.names.filter((name) => name.startsWith('wrong/'))).toHaveLength(10);
});

test('the budget is that of all lessons together, shared evenly and used up', () => {
  const lessons = ['a', 'b', 'c'].map((lesson) => state(lesson, 'common'));
  expect(counts(lessons, 30)).toEqual([10, 10, 10]);
  expect(counts(lessons, 31).sort()).toEqual([10, 10, 11]);
});

test('a lesson with few wrong programs leaves its share to the rest', () => {
  expect(counts([state('a', 'common', 1), state('b', 'common'), state('c', 'common')], 27)).toEqual([3, 12, 12]);
});

test('a lesson gets a wrong program also when the budget is too small for all of them', () => {
  expect(counts([state('a', 'common'), state('b', 'common'), state('c', 'common')], 4)).toEqual([3, 3, 3]);
});

test('a budget for more than all programs proves no program twice', () => {
  expect(counts([state('a', 'common', 2), state('b', 'common', 0)], 1000)).toEqual([4, 2]);
});

test('lessons that are proven in full or by their record take nothing of the budget', () => {
  const lessons = [state('a', 'unrecorded'), state('b', 'common'), state('c', 'nothing')];
  expect(counts(lessons, 12)).toEqual([24, 12, 3]);
});

test('twenty-five lessons fit the budget of npm test', () => {
  const lessons = Array.from({ length: 25 }, (_, index) => state(`log/${index}`, 'common'));
  expect(counts(lessons, GRADINGS_OF_CHANGED_GROUND).reduce((sum, count) => sum + count)).toBe(GRADINGS_OF_CHANGED_GROUND);
});

test('the same commit draws the same programs, also when a lesson comes before it', () => {
  const [alone] = plan([state('b', 'nothing')]);
  expect(plan([state('a', 'nothing'), state('b', 'nothing')])[1]).toEqual(alone);
});

test.each(['common', 'nothing'] as const)(
  'over many commits every wrong program is drawn, where the change is "%s"',
  (change) => {
    const lesson = state('log/append', change);
    const drawn = new Set(commits.flatMap((drawnBy) => plan([lesson], { drawnBy, budget: 5 })[0]?.names ?? []));
    const wanted = lesson.programs.filter(({ kind }) => kind !== 'empty' && kind !== 'alternate').map(({ name }) => name);
    expect([...drawn].sort()).toEqual(wanted.sort());
  },
);

test('over many commits the rest of a budget goes to each lesson', () => {
  const lessons = ['a', 'b', 'c'].map((lesson) => state(lesson, 'common'));
  const favoured = commits.map(
    (drawnBy) => plan(lessons, { drawnBy, budget: 10 }).find(({ names }) => names.length === 4)?.lesson,
  );
  expect(new Set(favoured)).toEqual(new Set(['a', 'b', 'c']));
});

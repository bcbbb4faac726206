import { expect, test } from 'vitest';
import { type Done, lessonStates } from '../../site/src/map/lesson-state.ts';

const lessons = [
  { id: 'log/append', requires: [], hasExercise: true },
  { id: 'log/keys', requires: ['log/append'], hasExercise: true },
  { id: 'log/read', requires: ['log/keys'], hasExercise: true },
  { id: 'sql/filter', requires: ['log/append'], hasExercise: true },
];

function states(progress: Record<string, Done['state']>, known = lessons) {
  return Object.fromEntries(
    lessonStates(
      known,
      Object.entries(progress).map(([lesson, state]) => ({ lesson, state })),
    ),
  );
}

test('a new learner is at the first lesson, and the lessons that require it are closed', () => {
  expect(states({})).toEqual({ 'log/append': 'here', 'log/keys': 'closed', 'log/read': 'closed', 'sql/filter': 'closed' });
});

test('a passed lesson opens all that require it, and the learner is at the first of these', () => {
  expect(states({ 'log/append': 'passed' })).toEqual({
    'log/append': 'passed',
    'log/keys': 'here',
    'log/read': 'closed',
    'sql/filter': 'open',
  });
});

test('the learner is at a started lesson before one that is only open', () => {
  expect(states({ 'log/append': 'passed', 'sql/filter': 'started' })).toMatchObject({ 'log/keys': 'open', 'sql/filter': 'here' });
});

test('the learner is at no lesson once every lesson is passed', () => {
  const all = Object.fromEntries(lessons.map(({ id }) => [id, 'passed' as const]));
  expect(Object.values(states(all))).toEqual(['passed', 'passed', 'passed', 'passed']);
});

test('a text-only lesson does not keep others closed', () => {
  const [first, ...rest] = lessons;
  expect(states({}, [{ ...first!, hasExercise: false }, ...rest])).toMatchObject({ 'log/append': 'open', 'log/keys': 'here' });
});

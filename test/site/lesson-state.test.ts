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

test('a newcomer is at the first lesson, and what needs it is closed', () => {
  expect(states({})).toEqual({ 'log/append': 'here', 'log/keys': 'closed', 'log/read': 'closed', 'sql/filter': 'closed' });
});

test('passing a lesson opens all that needs it, and the first of these is where the learner is', () => {
  expect(states({ 'log/append': 'passed' })).toEqual({
    'log/append': 'passed',
    'log/keys': 'here',
    'log/read': 'closed',
    'sql/filter': 'open',
  });
});

test('a started lesson goes before one that is merely open', () => {
  expect(states({ 'log/append': 'passed', 'sql/filter': 'started' })).toMatchObject({ 'log/keys': 'open', 'sql/filter': 'here' });
});

test('nobody is anywhere when everything is passed', () => {
  const all = Object.fromEntries(lessons.map(({ id }) => [id, 'passed' as const]));
  expect(Object.values(states(all))).toEqual(['passed', 'passed', 'passed', 'passed']);
});

test('a lesson of text alone holds nothing up', () => {
  const [first, ...rest] = lessons;
  expect(states({}, [{ ...first!, hasExercise: false }, ...rest])).toMatchObject({ 'log/append': 'open', 'log/keys': 'here' });
});

import { expect, test } from 'vitest';
import { nextStep } from '../../../site/src/client/next-step.ts';
import { passedInWords } from '../../../site/src/client/passed-words.ts';
import { reportOf } from '../../sandbox/store/store-fixture.ts';
import { courseStep as lesson } from './course-step.ts';

const COURSE = [
  lesson('log/append'),
  lesson('log/keys', ['log/append']),
  lesson('sql/filter', ['log/append']),
  lesson('sql/tumble', ['sql/filter']),
  lesson('sql/upsert', ['sql/filter']),
];
const passed = (...ids: string[]) => ids.map((id) => ({ lesson: id, state: 'passed' as const }));
const next = (...args: Parameters<typeof nextStep>) => {
  const step = nextStep(...args);
  return step.kind === 'done' ? 'done' : [step.lesson.id, ...step.also.map(({ id }) => id)].join(' ');
};

test('after a lesson comes the one that follows, then others that are ready', () => {
  expect(next(COURSE, [], 'log/append')).toBe('log/keys sql/filter');
  expect(next(COURSE, passed('log/append', 'log/keys'), 'sql/filter')).toBe('sql/tumble sql/upsert');
});

test('it is never a lesson that is passed, or one that waits for others', () => {
  expect(next(COURSE, passed('log/append', 'sql/filter', 'sql/tumble'), 'log/keys')).toBe('sql/upsert');
  expect(next(COURSE, [], 'log/keys')).toBe('log/append');
  expect(next(COURSE, passed('log/append', 'log/keys'), 'sql/upsert')).toBe('sql/filter');
});

test('the lesson just passed counts, although the progress was read before', () => {
  expect(next(COURSE, [...passed('log/append'), { lesson: 'log/keys', state: 'started' }], 'log/keys')).toBe('sql/filter');
});

test('when every lesson is passed, none is offered', () => {
  const ids = COURSE.map(({ id }) => id);
  expect(next(COURSE, passed(...ids.slice(1)), 'log/append')).toBe('done');
});

test.each([
  [['fail', 'error', 'fail', 'pass'], 3, 'It took 3 tries.'],
  [['pass'], 0, 'It took one try.'],
  [['error', 'pass'], 1, 'It took one try.'],
  [['pass', 'fail', 'pass'], 2, 'You had passed it before.'],
] as const)('of the checks %j, number %i is acknowledged with: %s', (results, place, words) => {
  const list = results.map((result, index) => ({
    ...{ submissionId: `s${index}`, lesson: 'log/append', status: 'finished' as const, result, score: null },
    submittedAt: new Date(index * 1_000).toISOString(),
  }));
  const report = reportOf(`s${place}`);
  expect(passedInWords(report, list.toReversed(), null)).toBe(
    `The check held in 2 rounds, on data that you had not seen. ${words}`,
  );
  expect(passedInWords(report, [], null)).toMatch(/not seen\.$/);
});

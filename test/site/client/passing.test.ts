import { expect, test } from 'vitest';
import { createRandom } from '#sandbox/generators/random.ts';
import type { Api } from '../../../site/src/client/api/api.ts';
import type { ExercisePlan } from '../../../site/src/client/exercise-plan.ts';
import { type ExerciseState, initialState } from '../../../site/src/client/exercise-state.ts';
import { moduleLane } from '../../../site/src/client/module-lane.ts';
import { passedAtInWords, passedInWords } from '../../../site/src/client/passed-words.ts';
import { createPassing } from '../../../site/src/client/passing.ts';
import { createStore } from '../../../site/src/client/store.ts';
import { reportOf } from '../../sandbox/store/store-fixture.ts';
import { courseStep } from './course-step.ts';

const AT = Date.UTC(2026, 2, 3, 14, 0);
const iso = (ms: number) => new Date(ms).toISOString();
const summary = (submissionId: string, result: 'pass' | 'fail' | 'error', place: number) => ({
  ...{ submissionId, lesson: 'log/append', status: 'finished' as const, result, score: null },
  submittedAt: iso(AT + place * 1000),
});

function setUp(state: Partial<ExerciseState> = {}, api: Partial<Api> = {}) {
  const plan = { editable: ['main.ts'], topics: [] } as unknown as ExercisePlan;
  const store = createStore<ExerciseState>({ ...initialState(plan), ...state });
  return { store, passing: createPassing({ store, api: api as Api }) };
}

test('of all checks that pass, the first alone takes the place of the workspace, and none while the learner types', () => {
  const random = createRandom(5, 'passing');
  for (let round = 0; round < 200; round++) {
    const { store, passing } = setUp();
    const taken: string[] = [];
    const passes: string[] = [];
    const typing = random.int(0, 3) === 0;
    for (let place = 0; place < 8; place++) {
      const result = (['pass', 'fail', 'error'] as const)[random.int(0, 2)] ?? 'fail';
      const id = `s${place}`;
      // The list is read after a report has come, and may have it already.
      const newest = [summary(id, result, place), ...store.get().earlier];
      if (random.int(0, 1) === 0) store.set({ earlier: newest });
      if (result === 'pass') {
        passes.push(id);
        passing.passed(reportOf(id), typing);
        if (store.get().interlude === 'passed') taken.push(id);
        store.set({ interlude: null });
      }
      store.set({
        earlier: newest.filter(
          ({ submissionId }, index) => newest.findIndex((one) => one.submissionId === submissionId) === index,
        ),
      });
    }
    expect(taken).toEqual(typing ? [] : passes.slice(0, 1));
  }
});

test('a lesson that was passed in another browser is not news here', () => {
  const progress = {
    ...{ lesson: 'log/append', state: 'passed' as const, bestScore: 1, attempts: 1, hintsShown: 0, solutionAskedAt: null },
    ...{ startedAt: iso(AT), passedAt: iso(AT) },
  };
  const { store, passing } = setUp({ progress });
  passing.passed(reportOf('s1'), false);
  expect([store.get().interlude, store.get().passing]).toEqual([null, null]);
});

test('the first report that passed can be seen again, and is then no news', async () => {
  const earlier = [summary('third', 'pass', 3), summary('second', 'pass', 2), summary('first', 'fail', 1)];
  const read: string[] = [];
  const submission = (async (id: string) => {
    read.push(id);
    return { ok: true, value: { report: reportOf(id) } };
  }) as unknown as Api['submission'];
  const { store, passing } = setUp({ earlier }, { submission });
  await passing.show();
  expect(store.get()).toMatchObject({ interlude: 'passed', passing: { report: { submissionId: 'second' }, isNews: false } });
  store.set({ interlude: null });
  await passing.show();
  expect(read).toEqual(['second']);
  expect(store.get().interlude).toBe('passed');
});

test.each([
  ['41 minutes before', 41 * 60_000, 'It took one try in 41 minutes.'],
  ['some seconds before', 9_000, 'It took one try in 1 minute.'],
  ['two days before, so that minutes say nothing', 48 * 3_600_000, 'It took one try.'],
  ['after it, by another clock', -60_000, 'It took one try.'],
])('the effort of a learner who began %s is told', (_when, beforeMs, words) => {
  const report = reportOf('s1', { phases: { ...reportOf('s1').phases, graded: iso(AT) } });
  expect(passedInWords(report, [summary('s1', 'pass', 1)], iso(AT - beforeMs))).toMatch(new RegExp(`${words}$`));
});

test('the bar tells the time of a lesson passed today, and the day of one passed before', () => {
  const at = new Date(2026, 2, 3, 14, 21).getTime();
  expect(passedAtInWords(at, at + 3_600_000)).toBe('passed 14:21');
  expect(passedAtInWords(at, at + 86_400_000)).toBe('passed 3 March');
});

test('a module is a lane of its own lessons in order: what is passed, what was passed just now, and what comes next', () => {
  const course = ['log/append', 'log/keys', 'sql/filter', 'log/read', 'log/resume'].map((id) => courseStep(id));
  const lane = moduleLane(course, { lesson: 'log/keys', passed: ['log/append', 'sql/filter'], next: 'log/read' });
  expect(lane.map(({ id, number, state }) => `${number} ${id} ${state}`)).toEqual([
    '1 log/append passed',
    '2 log/keys just-passed',
    '3 log/read next',
    '4 log/resume left',
  ]);
});

import { expect, test } from 'vitest';
import {
  checkKey,
  EDITOR,
  keptKey,
  maySeeSolution,
  runKey,
  SOLUTION,
  textOf,
  textsToCompare,
} from '../../../site/src/client/compare-texts.ts';
import type { ExercisePlan } from '../../../site/src/client/exercise-plan.ts';
import { initialState } from '../../../site/src/client/exercise-state.ts';

const AT = Date.UTC(2026, 2, 3, 14, 0);
const initial = initialState({ editable: ['main.ts'], topics: [] } as unknown as ExercisePlan);
const summary = (submissionId: string) => ({
  ...{ submissionId, lesson: 'log/append', status: 'finished' as const, result: 'fail' as const, score: 0 },
  submittedAt: new Date(AT).toISOString(),
});
const standing = (passedAt: string | null, solutionAskedAt: string | null) => ({
  ...{
    lesson: 'log/append',
    state: 'started' as const,
    bestScore: 0,
    attempts: 2,
    hintsShown: 3,
    startedAt: null,
    passedAt,
    solutionAskedAt,
  },
});
const files = (text: string) => ({ 'main.ts': text });
const state = {
  ...initial,
  earlier: [summary('two'), summary('one')],
  drafts: { ...initial.drafts, kept: [{ files: files('kept'), why: 'reset' as const, at: AT }] },
  runs: [{ runId: 'run', endedAt: new Date(AT).toISOString(), seed: 1729, result: null, error: null }],
  texts: { [checkKey('one')]: files('first check') },
};

test('a text can be compared with every other: the editor first, each check and run, each that was replaced, and never itself', () => {
  const all = [EDITOR, checkKey('two'), checkKey('one'), runKey('run'), keptKey(AT)];
  for (const one of all) expect(textsToCompare(state, one).map(({ key }) => key)).toEqual(all.filter((key) => key !== one));
  expect(new Set(textsToCompare(state, '').map(({ name }) => name.length > 0))).toEqual(new Set([true]));
});

test.each([
  ['nothing is known', null, false],
  ['nothing was passed or asked for', standing(null, null), false],
  ['the lesson is passed', standing('2026-03-03T14:00:00.000Z', null), true],
  ['the learner asked after the last hint', standing(null, '2026-03-03T14:00:00.000Z'), true],
])('the solution is among them only when it may be seen: %s', (_when, progress, may) => {
  expect(maySeeSolution({ progress, solution: null })).toBe(may);
  expect(textsToCompare({ ...state, progress }, EDITOR).some(({ key }) => key === SOLUTION)).toBe(may);
});

test('each key finds its own text, or none that is not known yet', () => {
  const found = (key: string) => textOf(state, files('typed'), key)?.['main.ts'] ?? null;
  expect(['editor', 'check one', 'check two', keptKey(AT), 'solution'].map(found)).toEqual([
    'typed',
    'first check',
    null,
    'kept',
    null,
  ]);
  expect(textOf({ ...state, solution: { files: files('right'), askedAt: null } }, {}, SOLUTION)).toEqual(files('right'));
});

import { expect, test } from 'vitest';
import type { Api } from '../../../site/src/client/api/api.ts';
import type { ExercisePlan } from '../../../site/src/client/exercise-plan.ts';
import { type ExerciseState, initialState } from '../../../site/src/client/exercise-state.ts';
import { createHintActions } from '../../../site/src/client/hint-actions.ts';
import { createStore } from '../../../site/src/client/store.ts';

const PLAN = {
  lesson: 'log/append',
  hints: ['one', 'two'],
  editable: ['main.ts'],
  topics: ['orders'],
} as unknown as ExercisePlan;

function setUp(stored = new Map<string, string>()) {
  const store = createStore<ExerciseState>(initialState(PLAN));
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  };
  const told: number[] = [];
  const api = {
    showHints: async (_lesson: string, shown: number) => {
      told.push(shown);
      return { ok: true, value: { shown } };
    },
  } as unknown as Api;
  const hints = createHintActions({ plan: PLAN, store, api }, storage);
  return { hints, told, shown: () => store.get().hints.shown, next: () => store.get().hints.next, storage, stored };
}

test('one hint may be seen after each check, and never more than there are', () => {
  const { hints, shown } = setUp();
  for (const expected of [1, 2, 2]) {
    hints.allowNext();
    hints.show();
    hints.show();
    expect(shown()).toBe(expected);
  }
});

test('hints that were seen are seen again after a reload', () => {
  const before = setUp();
  before.hints.allowNext();
  before.hints.show();
  const after = setUp(before.stored);
  after.hints.restore();
  expect(after.shown()).toBe(1);
});

test('a browser that stores nothing, or something else, still shows hints', () => {
  const { hints, shown, storage } = setUp(new Map([['streamwright:hints:log/append', '{']]));
  storage.setItem = () => {
    throw new Error('full');
  };
  hints.restore();
  hints.allowNext();
  hints.show();
  expect(shown()).toBe(1);
});

test('the server is told of each hint, and of those that it missed', () => {
  const { hints, told } = setUp();
  hints.show();
  expect(told).toEqual([1]);
  hints.compare({ hintsShown: 0, attempts: 0 });
  expect(told).toEqual([1, 1]);
  hints.compare({ hintsShown: 1, attempts: 0 });
  expect(told).toEqual([1, 1]);
});

test.each([
  ['after a check', 2, true],
  ['before a check', 1, false],
])('hints that were shown in another browser are shown here, %s', (_when, attempts, next) => {
  const page = setUp();
  page.hints.compare({ hintsShown: 2, attempts });
  expect([page.shown(), page.next()]).toEqual([2, next]);
  expect(page.told).toEqual([]);
  page.hints.compare({ hintsShown: 1, attempts });
  expect(page.shown()).toBe(2);
});

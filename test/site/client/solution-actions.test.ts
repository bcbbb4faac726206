import { expect, test } from 'vitest';
import type { Api } from '../../../site/src/client/api/api.ts';
import type { ExercisePlan } from '../../../site/src/client/exercise-plan.ts';
import { type ExerciseState, initialState } from '../../../site/src/client/exercise-state.ts';
import { createSolutionActions } from '../../../site/src/client/solution-actions.ts';
import { createStore } from '../../../site/src/client/store.ts';

const PLAN = { lesson: 'log/append', editable: ['main.ts'], topics: [], hints: ['1', '2', '3'] } as unknown as ExercisePlan;

test('the solution is read once, shown as often as it is wanted, and asking tells of all hints first', async () => {
  const store = createStore<ExerciseState>(initialState(PLAN));
  const asked: string[] = [];
  const answer = (what: string) => async (_lesson: string, shown?: number) => {
    asked.push(shown === undefined ? what : `${what} ${shown}`);
    return { ok: true, value: { files: { 'main.ts': what }, askedAt: null } };
  };
  const api = { solution: answer('read'), askSolution: answer('ask'), showHints: answer('hints') } as unknown as Api;
  const { show, ask } = createSolutionActions({ plan: PLAN, store, api });
  for (let times = 0; times < 2; times++) {
    await show();
    expect(store.get().interlude).toBe('solution');
    store.set({ interlude: null });
  }
  expect(asked).toEqual(['read']);
  await ask();
  expect(asked).toEqual(['read', 'hints 3', 'ask']);
});

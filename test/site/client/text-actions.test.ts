import { expect, test } from 'vitest';
import type { Api } from '../../../site/src/client/api/api.ts';
import { checkKey, runKey, SOLUTION } from '../../../site/src/client/compare-texts.ts';
import type { ExercisePlan } from '../../../site/src/client/exercise-plan.ts';
import { type ExerciseState, initialState } from '../../../site/src/client/exercise-state.ts';
import { createStore } from '../../../site/src/client/store.ts';
import { createTextActions } from '../../../site/src/client/text-actions.ts';

function setUp() {
  const store = createStore<ExerciseState>(initialState({ editable: ['main.ts'], topics: [] } as unknown as ExercisePlan));
  const asked: string[] = [];
  const server = { isAway: false };
  const read = (what: string) => async (id: string) => {
    asked.push(`${what} ${id}`);
    return server.isAway ? { ok: false } : { ok: true, value: { files: { 'main.ts': `${what} ${id}` } } };
  };
  const api = { submission: read('check'), run: read('run') } as unknown as Api;
  const texts = createTextActions({ store, api }, async () => void asked.push('solution'));
  return { store, texts, asked, server };
}

test('the text of a check or a run is read by its key, also before the page knows the list that it is in', async () => {
  const { store, texts, asked } = setUp();
  for (const key of [checkKey('s1'), runKey('r1'), checkKey('s1'), SOLUTION, 'editor', 'kept 5']) await texts.need(key);
  expect(asked).toEqual(['check s1', 'run r1', 'solution']);
  expect(store.get().texts).toEqual({ 'check s1': { 'main.ts': 'check s1' }, 'run r1': { 'main.ts': 'run r1' } });
});

test('a text that could not be read is read the next time that it is needed, and once by all who need it', async () => {
  const { store, texts, asked, server } = setUp();
  server.isAway = true;
  await texts.need(checkKey('s1'));
  expect(store.get().texts).toEqual({});
  server.isAway = false;
  await Promise.all([texts.need(checkKey('s1')), texts.need(checkKey('s1'))]);
  expect(asked).toEqual(['check s1', 'check s1']);
  expect(store.get().texts).toEqual({ 'check s1': { 'main.ts': 'check s1' } });
});

import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { Api } from './api/api.ts';
import type { ExercisePlan } from './exercise-plan.ts';
import type { ExerciseState } from './exercise-state.ts';
import type { Store } from './store.ts';

/** What the actions of an exercise share. */
export interface ExerciseContext {
  plan: ExercisePlan;
  store: Store<ExerciseState>;
  api: Api;
  /** Returns the learner's current files. */
  files: () => Files;
  /** ms since 1970 */
  now: () => number;
  /** Calls `run` after `ms`; returns a function that cancels it. */
  later: (ms: number, run: () => void) => () => void;
}

import { useSyncExternalStore } from 'react';
import { exerciseOfPage } from '../client/exercise.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { type ExerciseState, initialState } from '../client/exercise-state.ts';
import type { Exercise } from '../client/exercise-store.ts';

/** Returns the exercise's actions; null while the page is built. */
export function useActions(): Exercise | null {
  return typeof document === 'undefined' ? null : exerciseOfPage();
}

/**
 * Returns a part of the exercise's state; renders again when that part changes.
 *
 * @param select must return the same object while nothing in it has changed
 */
export function useExercise<T>(plan: ExercisePlan, select: (state: ExerciseState) => T): T {
  const exercise = useActions();
  return useSyncExternalStore(
    exercise ? exercise.subscribe : () => () => undefined,
    () => select(exercise ? exercise.get() : initialState(plan)),
    () => select(exercise ? exercise.initial : initialState(plan)),
  );
}

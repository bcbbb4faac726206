/** The solution of the lesson: asked for after the last hint, or read after passing. Looking changes nothing in the editor. */
import type { Solution } from '#sandbox/protocol/help.ts';
import type { Outcome } from './api/problem.ts';
import type { ExerciseContext } from './exercise-context.ts';

export function createSolutionActions({ plan, store, api }: Pick<ExerciseContext, 'plan' | 'store' | 'api'>) {
  let reading: Promise<void> | null = null;

  function take(outcome: Outcome<Solution>): void {
    if (outcome.ok) store.set({ solution: outcome.value, solutionProblem: null });
    else store.set({ solutionProblem: outcome.problem });
  }

  async function read(): Promise<void> {
    if (store.get().solution === null) take(await api.solution(plan.lesson));
  }

  /** Reads the solution once, for a learner who may see it. */
  function need(): Promise<void> {
    reading ??= read().finally(() => {
      reading = null;
    });
    return reading;
  }

  return {
    need,
    /** Shows the solution beside the learner's program. */
    async show(): Promise<void> {
      await need();
      if (store.get().solution) store.set({ interlude: 'solution' });
    },
    /** Forgets that it could not be read because the server was away. */
    forgetAway: () => {
      if (store.get().solutionProblem?.code === 'OFFLINE') store.set({ solutionProblem: null });
    },
    /** Asks for the solution after the last hint, which the server records, and shows it. */
    async ask(): Promise<void> {
      // The server may not know of hints that were shown while it was away.
      await api.showHints(plan.lesson, plan.hints.length);
      take(await api.askSolution(plan.lesson));
      if (store.get().solution) store.set({ interlude: 'solution' });
    },
  };
}

/** Prepares what the exercise needs before it is needed. */
import type { ExerciseContext } from './exercise-context.ts';

export function createSandboxActions({ plan, store, api }: Pick<ExerciseContext, 'plan' | 'store' | 'api'>) {
  let isAsked = false;
  return {
    /** Asks once; what cannot be prepared is shown, unless the server is away: then everything says so. */
    async ready(): Promise<void> {
      if (isAsked) return;
      isAsked = true;
      const outcome = await api.readySandbox(plan.lesson);
      if (outcome.ok || outcome.problem.code === 'OFFLINE') return;
      store.set({ sandboxProblem: outcome.problem });
    },
    /** Asks again: a server that was away may have lost what it had prepared. */
    async readyAgain(): Promise<void> {
      if (!isAsked) return;
      isAsked = false;
      await this.ready();
    },
    forgetProblem: () => store.set({ sandboxProblem: null }),
  };
}

/** Break it: what the learner does to a run that is going on. */
import type { BreakRequest } from '#sandbox/protocol/break.ts';
import type { ExerciseContext } from './exercise-context.ts';
import { runAfterEvent } from './run-state.ts';

export function createBreakActions({ store, api, now }: Pick<ExerciseContext, 'store' | 'api' | 'now'>) {
  return {
    async breakIt(request: BreakRequest) {
      const { runId } = store.get().run;
      if (runId === null) return;
      const outcome = await api.breakRun(runId, request);
      if (!outcome.ok) return store.set({ breakProblem: outcome.problem, announcement: outcome.problem.message });
      store.set({ breakProblem: null });
      // The stream tells of it as well, if it is there.
      const { run } = store.get();
      const next = runAfterEvent(run, { type: 'run.broken', runId, done: outcome.value }, now());
      if (next !== run) store.set({ run: next });
    },
  };
}

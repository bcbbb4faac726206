/** The moment of passing, and coming back to it. */
import type { Report } from '#sandbox/protocol/report.ts';
import type { ExerciseContext } from './exercise-context.ts';

export function createPassing({ store, api }: Pick<ExerciseContext, 'store' | 'api'>) {
  function hasPassedBefore({ submissionId }: Report): boolean {
    const { progress, earlier } = store.get();
    if (progress !== null && progress.passedAt !== null) return true;
    return earlier.some((one) => one.result === 'pass' && one.submissionId !== submissionId);
  }

  return {
    /**
     * Called when a check has passed. The first time takes the place of the workspace, unless the learner has gone on typing.
     * @param isTyping whether the editor holds something else than what was checked
     */
    passed(report: Report, isTyping: boolean): void {
      if (hasPassedBefore(report)) return;
      store.set({ passing: { report, isNews: true }, ...(isTyping ? {} : { interlude: 'passed' as const }) });
    },
    /** Shows how the lesson was passed the first time. */
    async show(): Promise<void> {
      const first = store.get().earlier.findLast(({ result }) => result === 'pass');
      const known = store.get().passing?.report ?? null;
      if (known) return store.set({ passing: { report: known, isNews: false }, interlude: 'passed' });
      const outcome = first ? await api.submission(first.submissionId) : null;
      if (!outcome?.ok || outcome.value.report === null) return;
      store.set({ passing: { report: outcome.value.report, isNews: false }, interlude: 'passed' });
    },
  };
}

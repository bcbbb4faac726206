/** Reads the texts that are compared, each once. */
import { checkKey, SOLUTION, type TextKey } from './compare-texts.ts';
import type { ExerciseContext } from './exercise-context.ts';

export function createTextActions({ store, api }: Pick<ExerciseContext, 'store' | 'api'>, needSolution: () => Promise<void>) {
  const underWay = new Set<TextKey>();

  return {
    /** Makes sure that a text is in the state; one that cannot be read is asked for again the next time. */
    async need(key: TextKey): Promise<void> {
      if (key === SOLUTION) return needSolution();
      const submission = store.get().earlier.find(({ submissionId }) => checkKey(submissionId) === key);
      if (!submission || store.get().texts[key] || underWay.has(key)) return;
      underWay.add(key);
      const outcome = await api.submission(submission.submissionId);
      underWay.delete(key);
      if (outcome.ok) store.set({ texts: { ...store.get().texts, [key]: outcome.value.files } });
    },
  };
}

/** Reads the texts that are compared, each once. */
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { Outcome } from './api/problem.ts';
import { SOLUTION, type TextKey } from './compare-texts.ts';
import type { ExerciseContext } from './exercise-context.ts';

export function createTextActions({ store, api }: Pick<ExerciseContext, 'store' | 'api'>, needSolution: () => Promise<void>) {
  const underWay = new Set<TextKey>();

  function readerOf(key: TextKey): (() => Promise<Outcome<{ files: Files }>>) | null {
    const [kind, id = ''] = key.split(' ');
    if (kind === 'check') return () => api.submission(id);
    return kind === 'run' ? () => api.run(id) : null;
  }

  return {
    /** Makes sure that a text is in the state; one that cannot be read is asked for again the next time. */
    async need(key: TextKey): Promise<void> {
      if (key === SOLUTION) return needSolution();
      const read = readerOf(key);
      if (!read || store.get().texts[key] || underWay.has(key)) return;
      underWay.add(key);
      const outcome = await read();
      underWay.delete(key);
      if (outcome.ok) store.set({ texts: { ...store.get().texts, [key]: outcome.value.files } });
    },
  };
}

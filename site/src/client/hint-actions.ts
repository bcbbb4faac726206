/** Hints: shown one at a time, the next one after a check, and remembered in this browser. */
import type { DraftStorage } from './drafts/local-draft.ts';
import type { ExerciseContext } from './exercise-context.ts';
import type { ExerciseState } from './exercise-state.ts';

type Hints = ExerciseState['hints'];

export function createHintActions({ plan, store }: Pick<ExerciseContext, 'plan' | 'store'>, storage: DraftStorage) {
  const key = `streamwright:hints:${plan.lesson}`;

  function set(change: Partial<Hints>): void {
    const hints = { ...store.get().hints, ...change };
    store.set({ hints });
    try {
      storage.setItem(key, JSON.stringify(hints));
    } catch {
      // In a browser that stores nothing, the hints start over after a reload.
    }
  }

  return {
    /** Shows the hints that were shown before, when this browser remembers them. */
    restore(): void {
      const hints = read(storage, key);
      if (hints) store.set({ hints });
    },
    /** Lets the learner see one more. */
    allowNext: () => set({ next: true }),
    show(): void {
      const { shown, next } = store.get().hints;
      if (next && shown < plan.hints.length) set({ shown: shown + 1, next: false });
    },
  };
}

function read(storage: DraftStorage, key: string): Hints | null {
  try {
    return JSON.parse(storage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

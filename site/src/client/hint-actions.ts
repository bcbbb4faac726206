/** Hints: shown one at a time, the next one after a check. This browser remembers them, and so does the server. */
import type { Progress } from '#sandbox/protocol/submission.ts';
import type { DraftStorage } from './drafts/local-draft.ts';
import type { ExerciseContext } from './exercise-context.ts';
import type { ExerciseState } from './exercise-state.ts';

type Hints = ExerciseState['hints'];

export function createHintActions({ plan, store, api }: Pick<ExerciseContext, 'plan' | 'store' | 'api'>, storage: DraftStorage) {
  const key = `streamwright:hints:${plan.lesson}`;

  function set(change: Partial<Hints>): void {
    const hints = { ...store.get().hints, ...change };
    store.set({ hints });
    try {
      storage.setItem(key, JSON.stringify(hints));
    } catch {
      // In a browser that stores nothing, the server remembers what was shown.
    }
  }

  return {
    /** Shows the hints that were shown before, when this browser remembers them. */
    restore(): void {
      const hints = read(storage, key);
      if (hints) store.set({ hints });
    },
    /** Called with what the server knows: hints of another browser are shown here too, and it learns of those that it missed. */
    compare({ hintsShown, attempts }: Pick<Progress['lessons'][number], 'hintsShown' | 'attempts'>): void {
      const { shown } = store.get().hints;
      if (hintsShown > shown) set({ shown: Math.min(hintsShown, plan.hints.length), next: attempts >= hintsShown });
      if (shown > hintsShown) void api.showHints(plan.lesson, shown);
    },
    /** Lets the learner see one more. */
    allowNext: () => set({ next: true }),
    show(): void {
      const { shown, next } = store.get().hints;
      if (!next || shown >= plan.hints.length) return;
      set({ shown: shown + 1, next: false });
      void api.showHints(plan.lesson, shown + 1);
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

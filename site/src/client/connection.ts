/** Notices that the server no longer responds, keeps asking, and notices when it is back. */
import type { ExerciseContext } from './exercise-context.ts';

const ASK_EVERY_MS = 2_000;
/** A connection that comes and goes is read from at most this often. */
const SETTLED_MS = 500;

/** @param onBack called when it responds again: what was missed can be read */
export function createConnection({ store, api, now, later }: ExerciseContext, onBack: () => void) {
  let isAsking = false;
  let isComingBack = false;

  function ask(): void {
    if (isAsking) return;
    isAsking = true;
    later(ASK_EVERY_MS, async () => {
      // Whatever comes of it is told like that of any other request.
      await api.health();
      isAsking = false;
      if (store.get().lostAt !== null) ask();
    });
  }

  return {
    /** Called after each request with whether the server responded. */
    told(isReached: boolean): void {
      const { lostAt } = store.get();
      if (isReached === (lostAt === null)) return;
      store.set({ lostAt: isReached ? null : now() });
      if (!isReached) ask();
      if (!isReached || isComingBack) return;
      isComingBack = true;
      later(SETTLED_MS, () => {
        isComingBack = false;
        onBack();
      });
    },
    /** Asks once, as when the event stream was cut. */
    async look(): Promise<void> {
      await api.health();
    },
  };
}

import type { GraderPool } from './grader-pool.ts';
import type { GraderProcess } from './grader-process.ts';

/** The grader's process of a submission: the same one for all rounds, another one after a fault. */
export interface GraderSeat extends AsyncDisposable {
  grader(): GraderProcess;
  /** Ends it, so that the next one is another. */
  clear(): Promise<void>;
}

export function openSeat(graders: Pick<GraderPool, 'take'>): GraderSeat {
  let taken: GraderProcess | null = null;
  const clear = async () => {
    await taken?.[Symbol.asyncDispose]();
    taken = null;
  };
  return {
    grader() {
      taken ??= graders.take();
      return taken;
    },
    clear,
    [Symbol.asyncDispose]: clear,
  };
}

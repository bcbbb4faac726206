import { forkGrader, type GraderProcess } from './grader-process.ts';

/** Grader processes, some of them forked ahead with their modules loaded, so that a Check does not wait for that. */
export interface GraderPool extends AsyncDisposable {
  /** A process that nobody had before. Disposing it kills it, and has the next one made. */
  take(): GraderProcess;
}

/** @param spareCount processes kept ready */
export function openGraderPool(spareCount = 1): GraderPool {
  const spares: GraderProcess[] = [];
  const taken = new Set<GraderProcess>();
  let closed = false;
  const fill = () => {
    while (!closed && spares.length < spareCount) spares.push(forkGrader());
  };
  fill();
  return {
    take() {
      if (closed) throw new Error('the graders are closed');
      const process = spares.shift() ?? forkGrader();
      taken.add(process);
      const dispose = async () => {
        taken.delete(process);
        await process[Symbol.asyncDispose]();
        fill(); // when the grading is over, for it would take time from it
      };
      return { ...process, [Symbol.asyncDispose]: dispose };
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      await Promise.all([...taken, ...spares].map((process) => process[Symbol.asyncDispose]()));
    },
  };
}

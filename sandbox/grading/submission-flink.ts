import { needsOf } from '#sandbox/catalog/needs.ts';
import { PlatformError } from '#sandbox/errors.ts';
import type { LentFlink } from '#sandbox/leases/flink-pool.ts';
import type { Waiting } from '#sandbox/protocol/waiting.ts';
import type { GradeOptions } from './grade-options.ts';

/** The Flink of a submission: none where the exercise needs none, another one after a fault. */
export interface SubmissionFlink extends AsyncDisposable {
  /**
   * @param onWait told what is awaited
   * @throws PlatformError SERVICE_NOT_READY when none can be had
   */
  take(onWait?: (what: Waiting) => void): Promise<LentFlink | null>;
  /** Gives back what was taken, so that the next one is another. */
  clear(): Promise<void>;
}

export function openSubmissionFlink({
  exercise,
  flink,
  signal,
}: Pick<GradeOptions, 'exercise' | 'flink' | 'signal'>): SubmissionFlink {
  let taken: LentFlink | null = null;
  const clear = async () => {
    const given = taken;
    taken = null;
    await given?.[Symbol.asyncDispose]();
  };
  return {
    async take(onWait) {
      if (!needsOf(exercise.spec).lent.includes('flink')) return null;
      if (!flink) throw missing();
      taken ??= await flink.take(signal, onWait);
      return taken;
    },
    clear,
    [Symbol.asyncDispose]: clear,
  };
}

function missing(): PlatformError {
  return new PlatformError('SERVICE_NOT_READY', {
    message: 'This server has no Flink.',
    hint: '`npm run doctor` tells what is missing.',
  });
}

/** Whoever was judged on a Flink that ended meanwhile was not judged. */
export function flinkWasLost(): PlatformError {
  return new PlatformError('SERVICE_NOT_READY', {
    message: 'Flink ended while your statements were judged.',
    hint: 'Hand in again; `npm run doctor` tells what is missing.',
  });
}

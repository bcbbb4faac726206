/** `met` by what the round shows, `ended` when the program ended before, `late` when the time was over. */
export type Observed = 'met' | 'ended' | 'late';

export interface ObserveOptions {
  limitMs: number;
  /** The end of the program that is waited for. */
  unless: Promise<unknown>;
}

const POLL_MS = 50;

/**
 * Looks again and again at what the round shows until it is what a grader waits for, so that what it does next falls at the same moment of
 * the program's work on every machine: not after a time, but when a record is there, an offset is committed, a partition is assigned.
 *
 * @param isMet looks once; called once more when the program has ended, for what it showed last
 */
export async function observe(isMet: () => Promise<boolean>, { limitMs, unless }: ObserveOptions): Promise<Observed> {
  const deadline = performance.now() + limitMs;
  let hasEnded = false;
  const ended = unless.then(
    () => (hasEnded = true),
    () => (hasEnded = true),
  );
  for (;;) {
    const wasEnded = hasEnded;
    if (await isMet()) return 'met';
    if (wasEnded) return 'ended';
    const leftMs = deadline - performance.now();
    if (leftMs <= 0) return 'late';
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, Math.min(POLL_MS, leftMs)))]);
  }
}

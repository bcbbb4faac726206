import { setTimeout as delay } from 'node:timers/promises';

export interface UntilOptions {
  timeoutMs: number;
  /** Pause between two looks. */
  everyMs?: number;
  signal?: AbortSignal | undefined;
  /** What is awaited, for the error: `the broker to answer`. */
  what: string;
}

/**
 * Waits until `look` gives something other than null, undefined or false, and gives that.
 * @throws Error when the time is up, carrying the last error of `look` as its cause
 */
export async function until<T>(
  look: () => Promise<T> | T,
  { timeoutMs, everyMs = 20, signal, what }: UntilOptions,
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = performance.now() + timeoutMs;
  let cause: unknown;
  for (;;) {
    try {
      const seen = await look();
      if (seen !== null && seen !== undefined && seen !== false) return seen as NonNullable<Exclude<T, false>>;
    } catch (error) {
      cause = error;
    }
    signal?.throwIfAborted();
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs} ms for ${what} in vain.`, { cause });
    await delay(everyMs, undefined, signal ? { signal } : {});
  }
}

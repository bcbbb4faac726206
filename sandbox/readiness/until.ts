import { setTimeout as delay } from 'node:timers/promises';

export interface UntilOptions {
  timeoutMs: number;
  /** Pause between two checks. */
  everyMs?: number;
  signal?: AbortSignal | undefined;
  /** What the caller waits for, for the error: `the broker to respond`. */
  what: string;
}

/**
 * Waits until `look` returns something other than null, undefined or false, and returns that.
 * @throws Error when the time is up, with the last error of `look` as its cause
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
    if (performance.now() > deadline) throw new Error(`Timed out after ${timeoutMs} ms waiting for ${what}.`, { cause });
    await delay(everyMs, undefined, signal ? { signal } : {});
  }
}

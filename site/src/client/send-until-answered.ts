import type { Outcome, Problem } from './api/problem.ts';
import type { ExerciseContext } from './exercise-context.ts';

/** Pauses between two sends; the last one repeats. */
const PAUSES_MS = [500, 2_000, 5_000];
/** What passes: the same request may be answered later. */
const PASSING: readonly Problem['code'][] = ['OFFLINE', 'STORE_BUSY', 'SERVER_BUSY'];

/**
 * Sends a request until the server has answered it, whatever is broken off on the way. The request must be safe to repeat.
 *
 * @returns null when the signal was aborted before that
 */
export async function sendUntilAnswered<T>(
  send: () => Promise<Outcome<T>>,
  { later }: Pick<ExerciseContext, 'later'>,
  signal: AbortSignal,
): Promise<Outcome<T> | null> {
  for (let tries = 0; ; tries++) {
    const outcome = await send();
    if (outcome.ok || !PASSING.includes(outcome.problem.code)) return outcome;
    const pauseMs = outcome.problem.retryAfterMs ?? PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)] ?? 0;
    const pause = Promise.withResolvers<void>();
    const cancel = later(pauseMs, pause.resolve);
    signal.addEventListener('abort', () => pause.resolve(), { once: true });
    if (!signal.aborted) await pause.promise;
    cancel();
    if (signal.aborted) return null;
  }
}

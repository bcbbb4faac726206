/** Why a process is asked to end: a signal from its user or supervisor, or an uncaught error. */
export type StopReason = { signal: NodeJS.Signals } | { error: unknown };

export interface StopOptions {
  /** Ends the work in progress. */
  stop: (reason: StopReason) => Promise<void>;
  /** The process ends after this time at the latest. */
  limitMs: number;
}

/** `npm` forwards a signal that the terminal has also sent to this process: a second one within this time counts as the same request. */
const SAME_WISH_MS = 1000;

/**
 * Stops in order on SIGINT, SIGTERM, SIGHUP and on an uncaught error, then ends the process: with 0 after a signal, 1 after an error or
 * when stopping fails or takes too long. A second signal ends it immediately.
 */
export function stopOnSignals({ stop, limitMs }: StopOptions): void {
  let askedAt: number | null = null;

  const ask = async (reason: StopReason) => {
    if (askedAt !== null) {
      if (performance.now() - askedAt > SAME_WISH_MS) process.exit(1);
      return;
    }
    askedAt = performance.now();
    setTimeout(() => process.exit(1), limitMs).unref();
    try {
      await stop(reason);
      process.exit('error' in reason ? 1 : 0);
    } catch (error) {
      console.error(error);
      process.exit(1);
    }
  };

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ask({ signal }));
  process.on('uncaughtException', (error) => ask({ error }));
  process.on('unhandledRejection', (error) => ask({ error }));
}

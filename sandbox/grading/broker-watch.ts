import { setTimeout as delay } from 'node:timers/promises';
import { PlatformError } from '#sandbox/errors.ts';

/** Reaches the broker, or rejects. */
export interface BrokerProbe {
  ping(timeoutMs?: number): Promise<void>;
}

const EVERY_MS = 500;
const TIMEOUT_MS = 2000;

/** Watches the broker while a round runs: what a program could not do because the broker was gone is not its fault. */
export interface BrokerWatch extends AsyncDisposable {
  /** Asks the broker once more. Null when it answered each time, else the first error. */
  fault(): Promise<unknown>;
}

export function watchBroker(probe: BrokerProbe): BrokerWatch {
  let fault: unknown = null;
  const stopped = new AbortController();
  const ask = async () => {
    try {
      await probe.ping(TIMEOUT_MS);
    } catch (error) {
      fault ??= error;
    }
  };
  const watching = (async () => {
    while (!stopped.signal.aborted && fault === null) {
      await ask();
      await delay(EVERY_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  })();
  return {
    async fault() {
      if (fault === null) await ask();
      return fault;
    },
    async [Symbol.asyncDispose]() {
      stopped.abort();
      await watching;
    },
  };
}

/**
 * Returns when the broker answers.
 * @throws PlatformError SERVICE_NOT_READY after `limitMs`
 */
export async function untilBrokerAnswers(
  probe: BrokerProbe,
  { limitMs, signal }: { limitMs: number; signal: AbortSignal },
): Promise<void> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    try {
      return await probe.ping(TIMEOUT_MS);
    } catch (cause) {
      if (performance.now() > deadline) throw silent(limitMs, cause);
    }
    await delay(EVERY_MS, undefined, { signal });
  }
}

function silent(limitMs: number, cause: unknown): PlatformError {
  return new PlatformError(
    'SERVICE_NOT_READY',
    {
      message: `Kafka did not come back within ${limitMs / 1000} s.`,
      hint: 'Hand in again; `npm run doctor` tells what is missing.',
    },
    { cause },
  );
}

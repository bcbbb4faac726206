/**
 * A service that is brought back on the same state and ports whenever it ends by itself.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { SandboxProvider, StartedService } from '#sandbox/providers/provider.ts';

export interface KeptService extends AsyncDisposable {
  /** `failed`: it ended too often, and is not started again. */
  state(): 'starting' | 'ready' | 'failed';
  /** Another one after each start: whoever compares it with the one from before knows whether what the service held in memory is gone. */
  readonly incarnation: string;
  /** The life that runs, or the last one that did. */
  current(): StartedService;
}

export interface KeepRunningOptions {
  /** Its answers tell whether what runs the service is away: then the service is not started, and nothing counts against it. */
  provider: Pick<SandboxProvider, 'answers'>;
  /** Starts the service again. @param signal aborts when the service is closed meanwhile */
  restart: (signal: AbortSignal) => Promise<StartedService>;
  /** Called with the error of each restart that failed. */
  onFault: (error: unknown) => void;
  /** Waits, at most until the signal aborts. */
  pause?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Milliseconds of any clock that only goes forward. */
  now?: () => number;
}

/** Restarts within this time count together, and this many are tried. */
const RESTARTS = { windowMs: 10 * 60_000, count: 5 };
const AWAY_PAUSE_MS = 500;
/** After the first try that failed, doubled each time. */
const FAILED_PAUSE_MS = 1000;

/** Watches a service that was started, from here on. Disposing it stops the service. */
export function keepRunning(first: StartedService, options: KeepRunningOptions): KeptService {
  const { provider, restart, onFault, pause = delayed, now = () => performance.now() } = options;
  const closing = new AbortController();
  let current = first;
  let incarnation: string = randomUUID();
  let state: ReturnType<KeptService['state']> = 'ready';
  const restarts: number[] = [];

  /** While what runs it is away, its restarts are not its own fault. */
  const untilProviderAnswers = async (): Promise<void> => {
    while (!closing.signal.aborted && !(await provider.answers())) await pause(AWAY_PAUSE_MS, closing.signal);
  };

  const watch = async (): Promise<void> => {
    await current.ended;
    while (!closing.signal.aborted) {
      state = 'starting';
      await untilProviderAnswers();
      restarts.push(now());
      const recent = restarts.filter((at) => at > now() - RESTARTS.windowMs);
      if (recent.length > RESTARTS.count) break;
      try {
        current = await restart(closing.signal);
      } catch (error) {
        // A service that never comes back shows as `failed`.
        if (!closing.signal.aborted) onFault(error);
        // An engine that stops still answers, and fails at everything: the tries must not be used up by then.
        await pause(FAILED_PAUSE_MS * 2 ** (recent.length - 1), closing.signal);
        if (!(await provider.answers())) restarts.pop();
        continue;
      }
      incarnation = randomUUID();
      state = 'ready';
      if (closing.signal.aborted) await current[Symbol.asyncDispose]();
      await current.ended;
    }
    if (!closing.signal.aborted) state = 'failed';
  };
  const watching = watch();

  return {
    state: () => state,
    get incarnation() {
      return incarnation;
    },
    current: () => current,
    async [Symbol.asyncDispose]() {
      closing.abort();
      await current[Symbol.asyncDispose]();
      await watching;
    },
  };
}

async function delayed(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}

/**
 * Restarts a service on the same state and ports whenever it ends on its own.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { SandboxProvider, StartedService } from '#sandbox/providers/provider.ts';

export interface KeptService extends AsyncDisposable {
  /** `failed`: it ended too often and is not restarted. */
  state(): 'starting' | 'ready' | 'failed';
  /** Changes with each start: when it differs from an earlier value, the service has lost what it held in memory. */
  readonly incarnation: string;
  /** Returns the running service, or the last one that ran. */
  current(): StartedService;
}

export interface KeepRunningOptions {
  /** When it does not respond, what runs the service is away: the service is then not restarted, and no restart counts as failed. */
  provider: Pick<SandboxProvider, 'answers'>;
  /** Restarts the service. @param signal aborts when the service is closed meanwhile */
  restart: (signal: AbortSignal) => Promise<StartedService>;
  /** Called with the error when a restart fails. */
  onFault: (error: unknown) => void;
  /** Waits, at most until the signal aborts. */
  pause?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Returns milliseconds of a clock that only moves forward. */
  now?: () => number;
}

/** At most this many restarts are tried within this time. */
const RESTARTS = { windowMs: 10 * 60_000, count: 5 };
const AWAY_PAUSE_MS = 500;
/** Pause after the first failed restart; each further one doubles it. */
const FAILED_PAUSE_MS = 1000;

/** Watches a running service from here on. Disposing it stops the service. */
export function keepRunning(first: StartedService, options: KeepRunningOptions): KeptService {
  const { provider, restart, onFault, pause = delayed, now = () => performance.now() } = options;
  const closing = new AbortController();
  let current = first;
  let incarnation: string = randomUUID();
  let state: ReturnType<KeptService['state']> = 'ready';
  const restarts: number[] = [];

  /** While what runs the service is away, restarts do not count. */
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
        // An engine that is stopping still responds, but fails at everything: the restarts must not be used up by then.
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

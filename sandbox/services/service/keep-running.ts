/**
 * Restarts a service on the same state and ports whenever it ends on its own.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { SandboxProvider, StartedService } from '#sandbox/providers/provider.ts';

export interface KeptService extends AsyncDisposable {
  /** `failed`: it keeps ending or does not start, and its next restart is so far away that nothing should wait for it. */
  state(): 'starting' | 'ready' | 'failed';
  /** When it is restarted next, in milliseconds from now; null while it does not wait for that. */
  nextRestartMs(): number | null;
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

const AWAY_PAUSE_MS = 500;
/** The first restart comes immediately. The pause before each further one within so much time doubles, up to a limit. */
const RESTARTS = { windowMs: 10 * 60_000, pauseMs: 1000, mostPauseMs: 60_000 };
const WORTH_WAITING_MS = 10_000;

/** Watches a running service from here on. Disposing it stops the service. */
export function keepRunning(first: StartedService, options: KeepRunningOptions): KeptService {
  const { provider, restart, onFault, pause = delayed, now = () => performance.now() } = options;
  const closing = new AbortController();
  let current = first;
  let incarnation: string = randomUUID();
  let state: ReturnType<KeptService['state']> = 'ready';
  let nextAt: number | null = null;
  let restarts: number[] = [];

  /** While what runs the service is away, restarts do not count. */
  const untilProviderAnswers = async (): Promise<void> => {
    while (!closing.signal.aborted && !(await provider.answers())) await pause(AWAY_PAUSE_MS, closing.signal);
  };

  /** What ends right after each start must not keep the machine busy. */
  const untilNextRestart = async (): Promise<void> => {
    restarts = restarts.filter((at) => at > now() - RESTARTS.windowMs);
    if (restarts.length === 0) return;
    const pauseMs = Math.min(RESTARTS.mostPauseMs, RESTARTS.pauseMs * 2 ** (restarts.length - 1));
    if (pauseMs > WORTH_WAITING_MS) state = 'failed';
    nextAt = now() + pauseMs;
    await pause(pauseMs, closing.signal);
    nextAt = null;
    state = 'starting';
  };

  const watch = async (): Promise<void> => {
    await current.ended;
    while (!closing.signal.aborted) {
      state = 'starting';
      await untilProviderAnswers();
      await untilNextRestart();
      if (closing.signal.aborted) break;
      restarts.push(now());
      try {
        current = await restart(closing.signal);
      } catch (error) {
        if (!closing.signal.aborted) onFault(error);
        // An engine that is stopping still responds, but fails at everything: that must not make the next pause longer.
        if (!(await provider.answers())) restarts.pop();
        continue;
      }
      incarnation = randomUUID();
      state = 'ready';
      if (closing.signal.aborted) await current[Symbol.asyncDispose]();
      await current.ended;
    }
  };
  const watching = watch();

  return {
    state: () => state,
    nextRestartMs: () => (nextAt === null ? null : Math.max(0, nextAt - now())),
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

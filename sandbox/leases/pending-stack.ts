/**
 * The broker and what stands on it, from the moment the server starts: pages, drafts and reports work while it comes up; runs and
 * gradings wait here.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { PlatformError } from '#sandbox/errors.ts';
import type { Endpoint, SandboxProvider } from '#sandbox/providers/provider.ts';
import { abortable } from '#sandbox/readiness/abortable.ts';
import type { Tenancy } from '#sandbox/tenancy/tenancy.ts';

/** What leases need of the stack. */
export interface LeaseStack {
  provider: SandboxProvider;
  tenancy: Tenancy;
  broker: { state(): 'starting' | 'ready' | 'failed'; readonly incarnation: string; readonly inside: Endpoint };
}

export interface PendingStack<Stack extends LeaseStack> {
  /** A broker that ended and is being started again counts as starting. */
  state(): 'starting' | 'ready' | 'failed';
  /** The stack, once it has come up for the first time. */
  current(): Stack | null;
  /**
   * Waits until the broker can be used.
   * @throws PlatformError SERVICE_NOT_READY when it could not be started
   */
  ready(signal?: AbortSignal): Promise<Stack>;
}

/** A broker that ended is up again within seconds; a caller that waits for it longer than this is told. */
const RESTART_LIMIT_MS = 30_000;
const POLL_MS = 50;

export function pendingStack<Stack extends LeaseStack>(opening: Promise<Stack>): PendingStack<Stack> {
  let stack: Stack | null = null;
  let failed = false;
  const opened = opening.then(
    (value) => {
      stack = value;
      return value;
    },
    (error: unknown) => {
      failed = true;
      throw notReady(error);
    },
  );
  // Callers that need the stack get the failure from ready(); there may be none.
  opened.catch(() => null);

  return {
    current: () => stack,
    state: () => (failed ? 'failed' : (stack?.broker.state() ?? 'starting')),
    async ready(signal) {
      const up = await abortable(opened, signal);
      const deadline = performance.now() + RESTART_LIMIT_MS;
      while (up.broker.state() === 'starting' && performance.now() < deadline) {
        await delay(POLL_MS, undefined, signal && { signal });
      }
      if (up.broker.state() !== 'ready') throw notReady(new Error('it keeps ending, and is started again within a minute'));
      return up;
    },
  };
}

function notReady(cause: unknown): PlatformError {
  if (cause instanceof PlatformError) return cause;
  return new PlatformError(
    'SERVICE_NOT_READY',
    {
      message: `Kafka could not be started: ${cause instanceof Error ? cause.message : String(cause)}`,
      hint: 'Lessons can be read and drafts are kept. `npm run doctor` tells what is missing.',
    },
    { cause },
  );
}

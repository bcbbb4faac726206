/**
 * Whether workspaces can be opened at this moment. What the provider needs, such as a container engine, may be away for a while: then
 * no caller waits in vain, and everything continues as soon as it is back.
 */

import { setTimeout as delay } from 'node:timers/promises';
import { PlatformError } from '#sandbox/errors.ts';
import type { SandboxFault } from '#sandbox/protocol/health.ts';
import type { LeaseStack, PendingStack } from './pending-stack.ts';

export interface ProviderWatch extends Disposable {
  /** Why none is opened at this moment; null while it is tried. */
  fault(): PlatformError | null;
  /** Why things are worse than they should be: also while it is tried whether it has become better. */
  reason(): SandboxFault | null;
  /** Whether what was tried last has failed so often that the next try is a mere probe. */
  isDoubtful(): boolean;
  /** Asks the provider, and gives the fault. */
  check(): Promise<PlatformError | null>;
  succeeded(): void;
  failed(error: unknown): void;
  /** Returns when there is no fault. */
  recovered(signal: AbortSignal): Promise<void>;
}

export interface ProviderWatchOptions {
  stack: Pick<PendingStack<LeaseStack>, 'current'>;
  /** Time between two questions to the provider. */
  everyMs?: number;
  /** Time for which nothing is tried after too many failures. */
  pauseMs?: number;
  now?: () => number;
}

/** After so many failures in a row the next one is likely too. */
const FAILURES = 5;
const EVERY_MS = 2000;
const PAUSE_MS = 10_000;
const POLL_MS = 500;

export function watchProvider(options: ProviderWatchOptions): ProviderWatch {
  const { stack, everyMs = EVERY_MS, pauseMs = PAUSE_MS, now = () => performance.now() } = options;
  let isSilent = false;
  let asking: Promise<void> | null = null;
  let failures = { count: 0, at: 0, last: '' };

  function ask(): Promise<void> {
    asking ??= answers().then((isThere) => {
      // What failed while it was away says nothing about it.
      if (isSilent && isThere) failures = { ...failures, count: 0 };
      isSilent = !isThere;
      asking = null;
    });
    return asking;
  }

  async function answers(): Promise<boolean> {
    try {
      return (await stack.current()?.provider.answers()) ?? true;
    } catch {
      return false;
    }
  }

  async function check(): Promise<PlatformError | null> {
    await ask();
    return fault();
  }

  const isDoubtful = () => failures.count >= FAILURES;
  const timer = setInterval(ask, everyMs).unref();

  function fault(): PlatformError | null {
    if (isSilent) return silent();
    return isDoubtful() && now() < failures.at + pauseMs ? failing(failures.last) : null;
  }

  return {
    fault,
    isDoubtful,
    reason() {
      if (isSilent) return { code: 'engine-silent', detail: null };
      return isDoubtful() ? { code: 'opening-fails', detail: failures.last } : null;
    },
    succeeded: () => {
      failures = { ...failures, count: 0 };
    },
    failed: (error) => {
      failures = { count: failures.count + 1, at: now(), last: error instanceof Error ? error.message : String(error) };
      void ask();
    },
    check,
    async recovered(signal) {
      while (await check()) await delay(POLL_MS, undefined, { signal });
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

function silent(): PlatformError {
  return new PlatformError('SERVICE_NOT_READY', {
    message: 'The container engine does not answer, so nothing can be run at the moment.',
    hint: 'Lessons can be read and drafts are kept. It goes on by itself when the engine is back; `npm run doctor` tells what is missing.',
  });
}

function failing(last: string): PlatformError {
  return new PlatformError('SERVICE_NOT_READY', {
    message: `No sandbox can be opened at the moment: ${last}`,
    hint: 'Lessons can be read and drafts are kept. It is tried again every few seconds; run again in half a minute.',
  });
}

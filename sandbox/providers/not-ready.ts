import { PlatformError } from '#sandbox/errors.ts';
import type { ServiceSpec } from './provider.ts';

export interface Failure {
  /** What happened instead: `ended while it was starting`. */
  what: string;
  /** The last lines of its log. */
  logTail: string;
  cause?: unknown;
}

const LACKS_MEMORY = /OutOfMemoryError|insufficient memory|cannot allocate memory|Could not reserve enough space|errno=12/i;
const LACKS_SPACE = /No space left on device/i;

/** Returns the error of a service that did not start. Its hint names a cause only where the log does. */
export function notReady({ name, memoryMb }: ServiceSpec, { what, logTail, cause }: Failure): PlatformError {
  return new PlatformError(
    'SERVICE_NOT_READY',
    {
      message: `${name} ${what}.\n${logTail}`,
      hint: LACKS_MEMORY.test(logTail)
        ? `It needs ${memoryMb} MB of free memory: close other programs, then start again.`
        : LACKS_SPACE.test(logTail)
          ? 'The disk is full: free some space, then start again.'
          : 'See the lines above, and run `npm run doctor` to see what this machine lacks.',
    },
    { cause },
  );
}

/** Returns the text for a service that did not become ready in time. */
export function tooSlow({ readyTimeoutMs }: ServiceSpec): string {
  return `was not ready within ${readyTimeoutMs} ms`;
}

export const ENDED_EARLY = 'ended while it was starting';

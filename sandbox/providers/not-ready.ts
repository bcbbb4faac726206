import { PlatformError } from '#sandbox/errors.ts';
import type { ServiceSpec } from './provider.ts';

export interface Failure {
  /** What happened instead: `ended while it was starting`. */
  what: string;
  /** The last lines of its log. */
  logTail: string;
  cause?: unknown;
}

/** Returns the error of a service that did not start. */
export function notReady({ name, memoryMb }: ServiceSpec, { what, logTail, cause }: Failure): PlatformError {
  return new PlatformError(
    'SERVICE_NOT_READY',
    {
      message: `${name} ${what}.\n${logTail}`,
      hint: `It needs ${memoryMb} MB of free memory and some disk; run \`npm run doctor\` to see what this machine lacks.`,
    },
    { cause },
  );
}

/** Returns the text for a service that did not become ready in time. */
export function tooSlow({ readyTimeoutMs }: ServiceSpec): string {
  return `was not ready within ${readyTimeoutMs} ms`;
}

export const ENDED_EARLY = 'ended while it was starting';

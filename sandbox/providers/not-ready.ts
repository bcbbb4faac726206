import { PlatformError } from '#sandbox/errors.ts';
import type { ServiceSpec } from './provider.ts';

export interface Failure {
  /** What became of it in place of being ready: `ended while it started`. */
  what: string;
  /** The last lines of its log. */
  logTail: string;
  cause?: unknown;
}

/** The error of a service that did not start. */
export function notReady({ name, memoryMb }: ServiceSpec, { what, logTail, cause }: Failure): PlatformError {
  return new PlatformError(
    'SERVICE_NOT_READY',
    {
      message: `${name} ${what}.\n${logTail}`,
      hint: `It needs ${memoryMb} MB of free memory and some disk; \`npm run doctor\` tells what this machine lacks.`,
    },
    { cause },
  );
}

/** In words that a service did not become ready in its time. */
export function tooSlow({ readyTimeoutMs }: ServiceSpec): string {
  return `was not ready within ${readyTimeoutMs} ms`;
}

export const ENDED_EARLY = 'ended while it started';

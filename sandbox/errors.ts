import type { ErrorCode } from '#sandbox/protocol/error.ts';
import { ERROR_STATUS } from '#sandbox/protocol/error.ts';

type Problem = { message: string; hint: string; details?: unknown; retryAfterSeconds?: number };

/**
 * An error of the platform or of a request, never of a learner's program. `message` says what happened and why, `hint` what to do.
 * The browser receives `{ code, message, hint, requestId }` with the status of the code, and `Retry-After` where that time is known.
 */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly hint: string;
  readonly details: unknown;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, { message, hint, details, retryAfterSeconds }: Problem, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.status = ERROR_STATUS[code];
    this.hint = hint;
    this.details = details;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

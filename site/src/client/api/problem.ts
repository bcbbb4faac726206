import type { ErrorCode } from '#sandbox/protocol/error.ts';

/** A failure as a value: the server's own error, or that no server responded. */
export interface Problem {
  code: ErrorCode | 'OFFLINE';
  message: string;
  hint: string;
  details?: unknown;
  /** How long the server asks to wait before another attempt. */
  retryAfterMs?: number;
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; problem: Problem };

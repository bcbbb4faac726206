import type { ErrorCode } from '#sandbox/protocol/error.ts';

/** What did not work, as a value: the server's own words, or that no server answered. */
export interface Problem {
  code: ErrorCode | 'OFFLINE';
  message: string;
  hint: string;
  details?: unknown;
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; problem: Problem };

import type { Learner } from '#sandbox/protocol/learner.ts';

/** Returns the learner that a request comes from, by its cookies; null when it has no valid token. */
export type Identify = (cookies: Readonly<Record<string, string | undefined>>) => Learner | null;

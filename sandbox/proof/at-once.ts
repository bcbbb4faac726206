/**
 * The number of programs of a lesson that are graded at the same time. Measured on two cores that also did other work, in seconds per
 * program with 1, 2, 3 and 4 at the same time. TypeScript: -, 1.1, 1.0, 1.3, and it needs over a second of a processor. SQL: 4.6, 3.3, 5.5,
 * and it needs two to four, more with each Flink that warms up.
 */
import { availableParallelism } from 'node:os';
import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { LIMITS } from '#sandbox/config.ts';

/** Higher numbers were not measured. */
const MOST = 8;

/** Programs in SQL, each with a Flink that takes up to 700 MB. */
export const FLINKS_AT_ONCE = Math.min(availableParallelism(), LIMITS.flink.cap, MOST);

/** Returns the number of programs to grade at the same time on this machine. */
export function programsAtOnce({ spec }: Pick<Exercise, 'spec'>): number {
  return spec.services.includes('flink') ? FLINKS_AT_ONCE : Math.min(availableParallelism() + 1, MOST);
}

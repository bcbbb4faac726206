import type { GradeOptions } from '#sandbox/grading/grade-options.ts';
import { ownedBy } from '#sandbox/leases/owned.ts';
import type { Parts } from './parts.ts';
import type { Stack } from './stack.ts';

/** What every grading needs, whichever exercise and files it judges. */
export type GradingParts = Pick<
  GradeOptions,
  'provider' | 'tenancy' | 'kafka' | 'graders' | 'flink' | 'dedicated' | 'workspaces'
>;

/**
 * Returns what a grading takes from the parts once their stack is up.
 * @param learnerId whose submission it is: learners take turns in all that is waited for
 */
export function gradingParts(
  { graders, flinks, dedicated, workspaces }: Parts,
  { provider, tenancy, kafka }: Stack,
  learnerId?: string,
): GradingParts {
  return {
    ...{ provider, tenancy, kafka, graders },
    flink: ownedBy(learnerId, flinks),
    dedicated: { take: (size, signal, onWait) => dedicated.take(size, signal, onWait, learnerId) },
    workspaces: ownedBy(learnerId, workspaces),
  };
}

import type { GradeOptions } from '#sandbox/grading/grade-options.ts';
import type { Parts } from './parts.ts';
import type { Stack } from './stack.ts';

/** What every grading needs, whichever exercise and files it judges. */
export type GradingParts = Pick<
  GradeOptions,
  'provider' | 'tenancy' | 'kafka' | 'graders' | 'flink' | 'dedicated' | 'workspaces'
>;

/** Returns what a grading takes from the parts once their stack is up. */
export function gradingParts(
  { graders, flinks, dedicated, workspaces }: Parts,
  { provider, tenancy, kafka }: Stack,
): GradingParts {
  return { provider, tenancy, kafka, graders, flink: flinks, dedicated, workspaces };
}

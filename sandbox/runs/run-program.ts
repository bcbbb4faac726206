import { brokersOf, clusterEnvironment, programFiles } from '#sandbox/languages/typescript/program-files.ts';
import type { RunResult } from '#sandbox/protocol/run.ts';
import type { RunLimits, Workspace } from '#sandbox/providers/provider.ts';
import type { PreparedRun } from './prepared-run.ts';

/** Runs the program of a prepared run in the workspace of its lease. */
export function runProgram(
  { run, exercise, files, place, topics, round }: PreparedRun,
  workspace: Workspace,
  limits: Omit<RunLimits, 'timeMs'>,
): Promise<RunResult> {
  const program = {
    files: programFiles(exercise, files, round),
    entry: exercise.spec.files[0] ?? '',
    env: clusterEnvironment({ ...brokersOf(workspace, place.otherBrokers), tenant: place.tenant, topics }),
  };
  run.starts();
  return run.measure('program', () =>
    workspace.run(program, {
      limits: { ...limits, timeMs: exercise.spec.limits.runMs },
      onOutput: (chunk) => run.output.add(chunk),
      signal: run.signal,
    }),
  );
}

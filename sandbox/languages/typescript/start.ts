import type { StartedProgram, StartRequest } from '../contract/program.ts';
import { brokersOf, clusterEnvironment, programFiles } from './program-files.ts';

/** Runs a program in its workspace. The program ends on its own, bounded or not. */
export function startTypescript(request: StartRequest): StartedProgram {
  const { exercise, files, data, lent, tenant, topics, limits, onOutput, signal } = request;
  const { workspace, otherBrokers } = lent;
  if (!workspace) throw new Error('a program in TypeScript was started without the workspace that it needs');
  const program = {
    files: programFiles(exercise, files, data),
    entry: exercise.spec.files[0] ?? '',
    env: clusterEnvironment({ ...brokersOf(workspace, otherBrokers), tenant, topics }),
  };
  return {
    ended: workspace.run(program, { limits, onOutput, signal }),
    jobs: async () => [],
    statements: () => [],
    followed: null,
  };
}

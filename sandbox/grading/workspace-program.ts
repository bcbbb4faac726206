import type { ProgramSpec, RunLimits, Workspace } from '#sandbox/providers/provider.ts';
import type { StartProgram } from './programs.ts';

/** A program that runs in a workspace. It ends when it ends, in either mode. */
export function workspaceProgram(workspace: Workspace, program: ProgramSpec, limits: RunLimits): StartProgram {
  return ({ onOutput, signal }) => ({
    ended: workspace.run(program, { limits, onOutput, signal }),
    jobs: async () => [],
    statements: () => [],
  });
}

import type { RunResult } from '#sandbox/protocol/run.ts';
import type { Workspace, WorkspaceOptions } from '#sandbox/providers/provider.ts';
import type { Machine } from './machine.ts';
import { runProgram, socketInside } from './run-program.ts';

/** Opens a workspace on this machine. It holds nothing between runs. */
export function openWorkspace(machine: Machine, { reach }: WorkspaceOptions): Workspace {
  const closing = new AbortController();
  const running = new Set<Promise<RunResult>>();
  return {
    address(name) {
      const endpoint = reach[name];
      if (!endpoint) throw new Error(`programs in this workspace cannot reach ${name}`);
      return machine.tools.bubblewrap ? { ...endpoint, socketPath: socketInside(name) } : endpoint;
    },
    async run(program, options) {
      const signal = AbortSignal.any([closing.signal, ...(options.signal ? [options.signal] : [])]);
      const run = runProgram(machine, { reach, program, options: { ...options, signal } });
      running.add(run);
      try {
        return await run;
      } finally {
        running.delete(run);
      }
    },
    broken: () => false,
    async [Symbol.asyncDispose]() {
      closing.abort();
      await Promise.allSettled(running);
    },
  };
}

import type { RunResult } from '#sandbox/protocol/run.ts';
import type { Workspace, WorkspaceOptions } from '#sandbox/providers/provider.ts';
import type { Forwarder } from './forwarder.ts';
import type { Machine } from './machine.ts';
import { runProgram, socketInside } from './run-program.ts';

/** Opens a workspace on this machine. It holds nothing between runs. */
export function openWorkspace(machine: Machine, { reach }: WorkspaceOptions): Workspace {
  const closing = new AbortController();
  const running = new Set<Promise<RunResult>>();
  const forwarders = new Set<Pick<Forwarder, 'hold'>>();
  return {
    address(name) {
      const endpoint = reach[name];
      if (!endpoint) throw new Error(`programs in this workspace cannot reach ${name}`);
      return machine.tools.bubblewrap ? { ...endpoint, socketPath: socketInside(name) } : endpoint;
    },
    async run(program, options) {
      const signal = AbortSignal.any([closing.signal, ...(options.signal ? [options.signal] : [])]);
      const own: Pick<Forwarder, 'hold'>[] = [];
      const onForwarder = (forwarder: Pick<Forwarder, 'hold'>) => {
        own.push(forwarder);
        forwarders.add(forwarder);
      };
      const run = runProgram(machine, { reach, program, options: { ...options, signal }, onForwarder });
      running.add(run);
      try {
        return await run;
      } finally {
        running.delete(run);
        for (const forwarder of own) forwarders.delete(forwarder);
      }
    },
    hold: async (forMs) => {
      const held = [...forwarders].map((forwarder) => forwarder.hold(forMs));
      return held.length > 0 && held.every(Boolean);
    },
    broken: () => false,
    async [Symbol.asyncDispose]() {
      closing.abort();
      await Promise.allSettled(running);
    },
  };
}

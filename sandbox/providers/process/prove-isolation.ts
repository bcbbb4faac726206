import { text } from 'node:stream/consumers';
import type { Machine } from './machine.ts';
import { makeRunDirectory } from './run-directory.ts';
import { startProgram } from './start-program.ts';

const MEMORY_MB = 256;

/**
 * Starts Node once inside the walls. Where that fails (kernels and containers may forbid namespaces), returns the machine as one without
 * bubblewrap, with the reason.
 */
export async function proveIsolation(machine: Machine): Promise<Machine> {
  if (!machine.tools.bubblewrap) return machine;
  const failure = await tryOnce(machine);
  if (failure === null) return machine;
  return {
    ...machine,
    tools: { ...machine.tools, bubblewrap: null },
    lacks: `bubblewrap does not work here: ${failure}`,
    [Symbol.asyncDispose]: () => machine[Symbol.asyncDispose](),
  };
}

async function tryOnce(machine: Machine): Promise<string | null> {
  using user = machine.users?.take();
  const uid = user?.uid ?? null;
  await using directory = await makeRunDirectory({ base: machine.base, files: {}, uid, copyKafkajs: null });
  const started = await startProgram(machine, {
    directory,
    program: ['--version'],
    env: {},
    sockets: null,
    enter: { uid, cgroups: [], processes: null },
    memoryMb: MEMORY_MB,
  });
  const [said, complaint] = await Promise.all([text(started.stdout), text(started.stderr), started.ended]);
  return said.trim() === process.version ? null : complaint.trim() || `Node printed ${JSON.stringify(said)}`;
}

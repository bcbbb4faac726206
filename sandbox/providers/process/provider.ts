import { PlatformError } from '#sandbox/errors.ts';
import type { SandboxProvider } from '#sandbox/providers/provider.ts';
import { inspectMachine, type Machine } from './machine.ts';
import { proveIsolation } from './prove-isolation.ts';
import { startService } from './service.ts';
import { openWorkspace } from './workspace.ts';

export interface ProcessProviderOptions {
  /** Where commands are looked for. */
  searchPath: string;
}

export interface ProcessProvider extends SandboxProvider {
  /** How limits of memory and processes are kept: `cgroup v1`, `cgroup v2` or `sampler`. */
  readonly limits: string;
  /** Why the isolation is not full; null when it is. */
  readonly lacks: string | null;
}

/**
 * Services and programs as child processes of this one. Programs run under bubblewrap where it works, which is tried here once, and
 * else under Node's permission model.
 * @throws PlatformError SERVICE_NOT_READY when programs would run as root
 */
export async function openProcessProvider({ searchPath }: ProcessProviderOptions): Promise<ProcessProvider> {
  const machine = await proveIsolation(await inspectMachine(searchPath));
  if (process.getuid?.() === 0 && !machine.users) await refuseRoot(machine);
  return {
    name: 'process',
    isolation: machine.tools.bubblewrap ? 'full' : 'weak',
    limits: machine.cages.kind,
    lacks: machine.lacks,
    startService: (service, options) => startService(service, options, { searchPath }),
    openWorkspace: async (options) => openWorkspace(machine, options),
    [Symbol.asyncDispose]: () => machine[Symbol.asyncDispose](),
  };
}

async function refuseRoot(machine: Machine): Promise<never> {
  await machine[Symbol.asyncDispose]();
  throw new PlatformError('SERVICE_NOT_READY', {
    message: 'Programs would run as root here: this process is root and cannot become another user for them.',
    hint: 'Start as an ordinary user, or install util-linux (setpriv).',
  });
}

import type { Config } from '#sandbox/config.ts';
import { PlatformError } from '#sandbox/errors.ts';
import { findCommand } from '#sandbox/host/find-command.ts';
import { installCommand } from '#sandbox/host/machine-packages.ts';
import type { SandboxProvider, Weakness } from '#sandbox/providers/provider.ts';
import { inspectMachine, type Machine } from './machine.ts';
import { proveIsolation } from './prove-isolation.ts';
import { startService } from './service.ts';
import { openWorkspace } from './workspace.ts';

export interface ProcessProvider extends SandboxProvider {
  /** How limits of memory and processes are enforced: `cgroup v1`, `cgroup v2` or `sampler`. */
  readonly limits: string;
  /** Why the isolation is not full; null when it is. */
  readonly lacks: string | null;
}

/**
 * Runs services and programs as child processes of this one. Programs run under bubblewrap where it works, which is tried here once, else
 * under Node's permission model.
 * @throws PlatformError SERVICE_NOT_READY when programs would run as root
 */
export async function openProcessProvider(
  config: Pick<Config, 'path' | 'home' | 'javaHome'> & Partial<Pick<Config, 'toolEnvironment'>>,
): Promise<ProcessProvider> {
  const { path: searchPath, home, javaHome, toolEnvironment: environment } = config;
  const machine = await proveIsolation(await inspectMachine(searchPath));
  if (process.getuid?.() === 0 && !machine.users) await refuseRoot(machine);
  return {
    name: 'process',
    isolation: machine.tools.bubblewrap ? 'full' : 'weak',
    walls: machine.tools.bubblewrap ? 'bubblewrap: no network, own processes, own file system' : "Node's permission model",
    limits: machine.cages.kind,
    lacks: machine.lacks,
    weaknesses: weaknesses(machine, searchPath),
    workspaceMemoryMb: 0,
    answers: async () => true,
    software: (source, { onProgress, signal } = {}) =>
      source.fetch({ searchPath, home, javaHome, environment, onProgress, signal }),
    startService: (service, start) => startService(service, start, { searchPath, services: machine.services }),
    openWorkspace: async (workspace) => openWorkspace(machine, workspace),
    [Symbol.asyncDispose]: () => machine[Symbol.asyncDispose](),
  };
}

const ALLOW_NAMESPACES =
  'allow user namespaces: sysctl -w kernel.unprivileged_userns_clone=1; on Ubuntu also kernel.apparmor_restrict_unprivileged_userns=0';

function weaknesses({ lacks, cages }: Machine, searchPath: string): Weakness[] {
  const found: Weakness[] = [];
  if (lacks) {
    found.push({
      what: `programs run under Node's permission model, with network access: ${lacks}`,
      mend: findCommand('bwrap', searchPath) ? ALLOW_NAMESPACES : installCommand(['bubblewrap'], searchPath),
    });
  }
  if (cages.kind === 'sampler') {
    found.push({
      what: 'limits of memory and processes are checked twenty times a second; the kernel enforces them only for root',
      mend: 'start as root, or use containers',
    });
  }
  return found;
}

async function refuseRoot(machine: Machine): Promise<never> {
  await machine[Symbol.asyncDispose]();
  throw new PlatformError('SERVICE_NOT_READY', {
    message: 'Programs would run as root here: this process is root and cannot become another user for them.',
    hint: 'Start Streamwright as an ordinary user, or install util-linux (setpriv).',
  });
}

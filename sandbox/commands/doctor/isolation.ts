import { providerOf } from '#sandbox/app/open-provider.ts';
import type { Config } from '#sandbox/config.ts';
import { PlatformError } from '#sandbox/errors.ts';
import { lookAtEngine } from '#sandbox/providers/docker/look.ts';
import { weaknessesOf } from '#sandbox/providers/docker/provider.ts';
import { openProcessProvider } from '#sandbox/providers/process/provider.ts';
import type { Weakness } from '#sandbox/providers/provider.ts';
import type { DoctorLine } from './line.ts';

/** Checks the provider that runs programs here, and how well it isolates them. */
export async function programs(config: Config): Promise<DoctorLine[]> {
  try {
    return (await providerOf(config)) === 'docker' ? await containers(config) : await processes(config);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    return [{ what: 'Programs', status: 'missing', found: error.message, mend: error.hint }];
  }
}

async function containers(config: Config): Promise<DoctorLine[]> {
  const { version, firewall } = await lookAtEngine(config);
  const engine: DoctorLine = { what: 'Provider', status: 'ok', found: `docker: containers of engine ${version}` };
  const what = 'Firewall';
  switch (firewall) {
    case null:
      return [engine, { what, status: 'ok', found: 'checked once the first image has been built' }];
    case 'elsewhere':
      return [engine, { what, status: 'ok', found: 'cannot be checked from here: the engine runs on another machine' }];
    case 'closed':
      return [engine, { what, status: 'ok', found: 'containers reach no service of this machine' }];
    case 'open':
      return [engine, ...weaknessesOf(firewall).map((weakness) => weak(what, weakness))];
  }
}

async function processes(config: Config): Promise<DoctorLine[]> {
  await using provider = await openProcessProvider(config);
  const { walls, limits, weaknesses } = provider;
  return [
    { what: 'Provider', status: 'ok', found: 'process: child processes of the server' },
    { what: 'Isolation', status: provider.isolation === 'full' ? 'ok' : 'weak', found: walls },
    { what: 'Limits', status: 'ok', found: `memory, processes and processor by ${limits}` },
    ...weaknesses.map((weakness) => weak('Weakness', weakness)),
  ];
}

function weak(what: string, { what: found, mend }: Weakness): DoctorLine {
  return { what, status: 'weak', found, mend };
}

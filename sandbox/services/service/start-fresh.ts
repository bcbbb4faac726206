/**
 * Starts a service in its own folder, from nothing.
 */
import { rm } from 'node:fs/promises';
import type { Endpoint, SandboxProvider, ServiceSpec, StartedService } from '#sandbox/providers/provider.ts';

export interface ServiceStart {
  provider: SandboxProvider;
  onProgress?: ((message: string) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** Services that it may reach. */
  reach?: Readonly<Record<string, Endpoint>> | undefined;
  /** Called with each child process that is started, for the instance file. */
  onService?: ((name: string, pid: number) => void) | undefined;
}

const ATTEMPTS = 3;

/**
 * Empties the folder and starts the service in it. Another program can take a chosen port before the service listens; then it tries again
 * with other ports.
 */
export async function startFresh(spec: ServiceSpec, dir: string, options: ServiceStart): Promise<StartedService> {
  for (let attempt = 1; ; attempt++) {
    await rm(dir, { recursive: true, force: true });
    try {
      return await startAgain(spec, dir, options);
    } catch (error) {
      if (attempt === ATTEMPTS || !/[Aa]ddress already in use|BindException|port is already allocated/.test(String(error)))
        throw error;
    }
  }
}

/** Starts the service on the state and the ports that the folder holds from an earlier start. */
export async function startAgain(
  spec: ServiceSpec,
  dir: string,
  { provider, onProgress, signal, onService, reach = {} }: ServiceStart,
): Promise<StartedService> {
  const service = await provider.startService(spec, { dir, reach, onProgress, signal });
  if (service.isChild) onService?.(spec.name, service.pid);
  return service;
}

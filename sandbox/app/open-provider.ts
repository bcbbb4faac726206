/**
 * Chooses the provider for this machine.
 */
import type { Config } from '#sandbox/config.ts';
import { engineIsThere } from '#sandbox/providers/docker/engine.ts';
import { type DockerProviderOptions, openDockerProvider } from '#sandbox/providers/docker/provider.ts';
import { openProcessProvider } from '#sandbox/providers/process/provider.ts';
import type { SandboxProvider } from '#sandbox/providers/provider.ts';

/**
 * Opens the provider that the configuration names; with `auto`, containers where an engine responds, else processes.
 * @throws PlatformError SERVICE_NOT_READY when it cannot be used here
 */
export async function openProvider(options: DockerProviderOptions): Promise<SandboxProvider> {
  return (await providerOf(options.config)) === 'docker' ? openDockerProvider(options) : openProcessProvider(options.config);
}

/** Returns the name of the provider that `openProvider` opens. */
export async function providerOf({ provider }: Pick<Config, 'provider'>): Promise<SandboxProvider['name']> {
  if (provider !== 'auto') return provider;
  return (await engineIsThere()) ? 'docker' : 'process';
}

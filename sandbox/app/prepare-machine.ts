import type { Config } from '#sandbox/config.ts';
import { installPackages } from '#sandbox/host/install-packages.ts';
import { lackingPackages } from './lacking-packages.ts';
import { providerOf } from './open-provider.ts';

/** Installs what a start as processes lacks, or prints the command. Where containers are used the machine needs nothing. */
export async function prepareMachine(config: Config, say: (message: string) => void, signal?: AbortSignal): Promise<void> {
  if ((await providerOf(config)) === 'docker') return;
  const isRoot = process.getuid?.() === 0;
  const packages = await lackingPackages(config, { isRoot, platform: process.platform });
  const { path: searchPath, toolEnvironment: environment, mayInstall } = config;
  await installPackages(packages, { searchPath, environment, mayInstall, isRoot, say, ...(signal && { signal }) });
}

/**
 * Which packages a machine lacks to start services and programs as processes.
 */
import { findJava } from '#sandbox/artifacts/find-java.ts';
import { fetchedJava, findPip } from '#sandbox/artifacts/java.ts';
import type { Config } from '#sandbox/config.ts';
import { findCommand } from '#sandbox/host/find-command.ts';
import type { MachinePackage } from '#sandbox/host/machine-packages.ts';
import { SERVICES } from '#sandbox/services/services.ts';

export interface MachineKind {
  isRoot: boolean;
  platform: NodeJS.Platform;
}

/** Returns what the process provider lacks here. What has been fetched already needs no command that fetches it. */
export async function lackingPackages(
  { home, path, javaHome }: Pick<Config, 'home' | 'path' | 'javaHome'>,
  { isRoot, platform }: MachineKind,
  findsJava: typeof findJava = findJava,
): Promise<MachinePackage[]> {
  const has = (command: string) => findCommand(command, path) !== null;
  const fetched = await Promise.all(SERVICES.map((service) => service.fetched(home)));
  const lacking: MachinePackage[] = [];
  if (!has('mvn') && fetched.some(({ present }) => !present)) lacking.push('maven');
  if (!findsJava({ javaHome, searchPath: path }) && !fetchedJava(home) && !findPip(path)) lacking.push('java');
  if (platform === 'linux' && !has('bwrap')) lacking.push('bubblewrap');
  if (platform === 'linux' && isRoot && !has('setpriv')) lacking.push('setpriv');
  return lacking;
}

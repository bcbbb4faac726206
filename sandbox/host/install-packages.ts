/**
 * Installs what a machine lacks, where this may be done without asking: as root on Debian or Ubuntu. Elsewhere it prints the command.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { findCommand } from './find-command.ts';
import { installCommand, type MachinePackage, packageManager, packageNames, whyInstalled } from './machine-packages.ts';
import { runCommand } from './run-command.ts';

export interface InstallOptions {
  searchPath: string;
  environment: NodeJS.ProcessEnv;
  /** STREAMWRIGHT_INSTALL: whether packages may be installed. */
  mayInstall: boolean;
  isRoot: boolean;
  say: (message: string) => void;
  signal?: AbortSignal;
}

const POLICY_FILE = '/usr/sbin/policy-rc.d';

/** Says what is missing and why, then installs it, or prints the command. Never rejects because of a package that cannot be installed. */
export async function installPackages(packages: readonly MachinePackage[], options: InstallOptions): Promise<void> {
  if (packages.length === 0) return;
  const { searchPath, mayInstall, isRoot, say } = options;
  const command = installCommand(packages, searchPath, isRoot);
  const lacks = `This machine lacks: ${whyInstalled(packages)}.`;
  if (!mayInstall || !isRoot || packageManager(searchPath) !== 'apt') return say(`${lacks} To install: ${command}`);
  say(`${lacks} Installing, some minutes once (STREAMWRIGHT_INSTALL=no prevents it): ${command}`);
  const failed = await withoutStarting(packages.includes('docker'), () => aptInstall(packageNames(packages, 'apt'), options));
  if (failed !== null) say(`${failed}\nNot everything could be installed. Try: ${command}`);
}

/** A list of packages that is too old or absent gives "not found"; a new list fixes that. */
async function aptInstall(names: readonly string[], { searchPath, environment, signal }: InstallOptions): Promise<string | null> {
  const apt = findCommand('apt-get', searchPath) ?? 'apt-get';
  const run = (args: readonly string[]) =>
    runCommand(apt, args, { signal, env: { ...environment, DEBIAN_FRONTEND: 'noninteractive' } });
  const install = () => run(['install', '-y', '-qq', '--no-install-recommends', ...names]);
  if ((await install()).exitCode === 0) return null;
  await run(['update', '-qq']);
  const { exitCode, lastLines } = await install();
  return exitCode === 0 ? null : lastLines;
}

/** An installed engine would start immediately, and change the machine's firewall and forwarding: the tests start one that does not. */
async function withoutStarting<T>(isEngine: boolean, install: () => Promise<T>): Promise<T> {
  const holds = isEngine && !existsSync(POLICY_FILE);
  if (holds) writeFileSync(POLICY_FILE, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await install();
  } finally {
    if (holds) rmSync(POLICY_FILE);
    const services = ['docker.service', 'docker.socket', 'containerd.service'];
    // Nor at the next start of the machine; there may be no systemd.
    if (isEngine) await runCommand('systemctl', ['disable', '--quiet', ...services]).catch(() => null);
  }
}

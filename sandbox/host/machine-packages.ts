/**
 * What comes from the machine's own package manager, and the command that installs it: one table for the start, the tests and every hint.
 */
import { findCommand } from './find-command.ts';

interface Row {
  /** For what, in a sentence about the machine. */
  why: string;
  /** Names by package manager; absent where it has none. */
  apt: string;
  dnf?: string;
  pacman?: string;
  brew?: string;
}

const PACKAGES = {
  maven: { why: 'fetches Kafka and Flink', apt: 'maven', dnf: 'maven', pacman: 'maven', brew: 'maven' },
  // Debian 12 has no Java that is new enough: pip fetches one into the project's folder.
  java: {
    why: 'runs them',
    apt: 'python3-pip',
    dnf: 'java-21-openjdk-headless',
    pacman: 'jre-openjdk-headless',
    brew: 'openjdk',
  },
  bubblewrap: { why: 'keeps programs in a sandbox', apt: 'bubblewrap', dnf: 'bubblewrap', pacman: 'bubblewrap' },
  setpriv: { why: 'runs programs as another user', apt: 'util-linux', dnf: 'util-linux', pacman: 'util-linux' },
  chromium: { why: 'runs the tests of pages', apt: 'chromium', dnf: 'chromium', pacman: 'chromium', brew: '--cask chromium' },
  mmdebstrap: { why: 'builds images where no hub responds', apt: 'mmdebstrap', dnf: 'mmdebstrap' },
  docker: { why: 'runs the container suites', apt: 'docker.io', dnf: 'moby-engine', pacman: 'docker' },
  iptables: { why: 'closes the machine to containers', apt: 'iptables', dnf: 'iptables', pacman: 'iptables' },
  ip: { why: 'connects containers', apt: 'iproute2', dnf: 'iproute', pacman: 'iproute2' },
} satisfies Record<string, Row>;

export type MachinePackage = keyof typeof PACKAGES;
export type PackageManager = 'apt' | 'dnf' | 'pacman' | 'brew';

const COMMANDS: Record<PackageManager, { finds: string; install: string }> = {
  apt: { finds: 'apt-get', install: 'apt-get install -y' },
  dnf: { finds: 'dnf', install: 'dnf install -y' },
  pacman: { finds: 'pacman', install: 'pacman -S --noconfirm' },
  brew: { finds: 'brew', install: 'brew install' },
};

/** Returns the package manager of this machine, or null. */
export function packageManager(searchPath: string): PackageManager | null {
  const managers: PackageManager[] = ['apt', 'dnf', 'pacman', 'brew'];
  return managers.find((name) => findCommand(COMMANDS[name].finds, searchPath) !== null) ?? null;
}

/** Returns the names that a package manager has for packages. */
export function packageNames(packages: readonly MachinePackage[], manager: PackageManager): string[] {
  return packages.flatMap((name) => (PACKAGES[name] as Row)[manager] ?? []);
}

/** Returns the one command that installs packages here; on a machine with an unknown package manager, what to install. */
export function installCommand(
  packages: readonly MachinePackage[],
  searchPath: string,
  isRoot = process.getuid?.() === 0,
): string {
  const manager = packageManager(searchPath);
  if (!manager) return `install ${packages.join(', ')}`;
  const command = `${COMMANDS[manager].install} ${packageNames(packages, manager).join(' ')}`;
  return manager === 'brew' || isRoot ? command : `sudo ${command}`;
}

/** Returns what packages are for: `maven fetches Kafka and Flink`. */
export function whyInstalled(packages: readonly MachinePackage[]): string {
  return packages.map((name) => `${name} ${PACKAGES[name].why}`).join(', ');
}

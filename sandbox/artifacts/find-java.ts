import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findCommand, isExecutable } from '#sandbox/host/find-command.ts';

/** Apicurio needs 21; Kafka 4.3 itself runs on 17. One Java serves both. */
export const MIN_JAVA = 21;

export interface Java {
  /** The `java` command. */
  command: string;
  /** Major version. */
  version: number;
}

export interface JavaPaths {
  javaHome?: string | undefined;
  searchPath: string;
  /** Folders that hold one Java each; by default those of Debian, Fedora, Homebrew and macOS. */
  systemFolders?: readonly string[];
}

const SYSTEM_FOLDERS = ['/usr/lib/jvm', '/Library/Java/JavaVirtualMachines', '/opt/homebrew/opt', '/usr/local/opt'];

/** Returns the Java to use: JAVA_HOME's, then the PATH's, then the newest in the system's folders; null when none is new enough. */
export function findJava(paths: JavaPaths): Java | null {
  const onPath = findCommand('java', paths.searchPath);
  const system = (paths.systemFolders ?? SYSTEM_FOLDERS)
    .flatMap(homesBelow)
    .flatMap((home) => javaAt(home) ?? [])
    .sort((a, b) => b.version - a.version);
  const candidates = [
    ...(paths.javaHome ? [javaAt(paths.javaHome)] : []),
    ...(onPath ? [javaAt(dirname(dirname(realpathSync(onPath))))] : []),
    ...system,
  ];
  return candidates.find((java) => java !== null && java.version >= MIN_JAVA) ?? null;
}

/** Returns the Java below a home folder, with the version from the `release` file that every Java since 9 has; null when there is none. */
export function javaAt(home: string): Java | null {
  const command = join(home, 'bin', 'java');
  if (!isExecutable(command)) return null;
  try {
    const [, version] = /^JAVA_VERSION="(\d+)/m.exec(readFileSync(join(home, 'release'), 'utf8')) ?? [];
    return version ? { command, version: Number(version) } : null;
  } catch {
    return null;
  }
}

function homesBelow(folder: string): string[] {
  try {
    return readdirSync(folder).flatMap((name) => [
      join(folder, name),
      join(folder, name, 'Contents/Home'),
      join(folder, name, 'libexec/openjdk.jdk/Contents/Home'),
    ]);
  } catch {
    return [];
  }
}

/**
 * Folders of jars: each has its own pom.xml, and Maven fetches it once, verified against a file of checksums.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { PlatformError } from '#sandbox/errors.ts';
import { findCommand } from '#sandbox/host/find-command.ts';
import { makeTemporaryFolder } from '#sandbox/host/instance-name.ts';
import { installCommand } from '#sandbox/host/machine-packages.ts';
import { isPlainPath } from '#sandbox/host/plain-path.ts';
import { runCommand } from '#sandbox/host/run-command.ts';
import { differingFiles, folderChecksums } from './checksums.ts';
import type { FetchOptions } from './fetch-options.ts';
import { withMavenProxy } from './maven-proxy.ts';
import { makeOnce } from './once.ts';

export interface JarSet {
  /** Names its folder: `kafka`. */
  name: string;
  /** Path of the Maven project whose dependencies are the jars. */
  pom: string;
  /** Path of a file in the format of `sha256sum` with a line per jar. */
  checksums: string;
  /** As messages show it: `Kafka`. */
  title: string;
  sizeMb: number;
}

/** Folder with the lists of what to fetch. */
export const ARTIFACTS_DIR = import.meta.dirname;
/** The command that fetches jars. */
export const MAVEN = { command: 'mvn', title: 'Maven', installs: 'maven' } as const;
const COPY_GOAL = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.0:copy-dependencies';

/**
 * Returns the folder with the jars of a set, fetched unless it exists.
 * @param expected checksums in the format of `sha256sum`; by default those of the set's own file
 * @throws PlatformError SERVICE_NOT_READY when Maven is missing or fails, or a jar does not match its checksum
 */
export async function fetchJars(set: JarSet, options: FetchOptions, expected?: string): Promise<string> {
  const checksums = expected ?? (await readChecksums(set));
  const folder = folderOf(set, options.home, checksums);
  await makeOnce(folder, async (aside) => {
    options.onProgress?.(`fetching ${set.title} (${set.sizeMb} MB, once) ...`);
    await (isPlainPath(set.pom + aside) ? copyJars(set, aside, options) : copyByPlainFolder(set, aside, options));
    refuseDifferences(set, checksums, await folderChecksums(aside));
  });
  return folder;
}

/** Returns where the jars of a set are stored, and whether they already are. */
export async function jarsFolder(set: JarSet, home: string): Promise<{ folder: string; present: boolean }> {
  const folder = folderOf(set, home, await readChecksums(set));
  return { folder, present: existsSync(folder) };
}

function readChecksums(set: JarSet): Promise<string> {
  return readFile(set.checksums, 'utf8');
}

function folderOf({ name }: JarSet, home: string, checksums: string): string {
  const hash = createHash('sha256').update(checksums).digest('hex');
  return join(home, 'artifacts', `${name}-${hash.slice(0, 16)}`);
}

/** Maven rewrites some signs in paths, so it works in a folder of the system's, from which the jars are then copied. */
async function copyByPlainFolder(set: JarSet, target: string, options: FetchOptions): Promise<void> {
  const folder = await makeTemporaryFolder();
  try {
    const pom = join(folder, 'pom.xml');
    await cp(set.pom, pom);
    await copyJars({ ...set, pom }, join(folder, 'jars'), options);
    await cp(join(folder, 'jars'), target, { recursive: true });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function copyJars(set: JarSet, target: string, options: FetchOptions): Promise<void> {
  const { searchPath, environment, onProgress, signal } = options;
  const maven = findCommand(MAVEN.command, searchPath);
  if (!maven) {
    throw new PlatformError('SERVICE_NOT_READY', {
      message: `${set.title} could not be fetched: Maven (mvn) is not on the PATH.`,
      hint: `Install it: \`${installCommand([MAVEN.installs], searchPath)}\`. It is not needed once the files are fetched.`,
    });
  }
  let count = 0;
  const args = ['-B', '-f', set.pom, COPY_GOAL, `-DoutputDirectory=${target}`, '-DincludeScope=runtime'];
  const onLine = (line: string) => {
    const [, name] = /^Downloaded from .*\/([^/ ]+\.jar) /.exec(line) ?? [];
    if (name) onProgress?.(`fetching ${set.title}: file ${++count}, ${name}`);
  };
  const { exitCode, lastLines } = await withMavenProxy(environment, (env) => runCommand(maven, args, { signal, env, onLine }));
  if (exitCode === 0) return;
  throw new PlatformError('SERVICE_NOT_READY', {
    message: `${set.title} could not be fetched: mvn exited with ${exitCode}.\n${lastLines}`,
    hint: 'See the lines above. Maven must reach Maven Central, or a mirror named in ~/.m2/settings.xml; it uses the proxies that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name.',
  });
}

function refuseDifferences(set: JarSet, expected: string, found: string): void {
  const different = differingFiles(expected, found);
  if (different.length === 0) return;
  throw new PlatformError('SERVICE_NOT_READY', {
    message: `${set.title} was rejected after download: ${different.join(', ')} does not match ${basename(set.checksums)}.`,
    hint: 'Remove these files from ~/.m2/repository and start again. If the error returns, your Maven mirror serves altered files.',
  });
}

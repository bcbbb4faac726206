/**
 * Kafka's jars: the dependencies of pom.xml, fetched by Maven once and checked against kafka.sha256.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_DIR } from '#sandbox/config.ts';
import { PlatformError } from '#sandbox/errors.ts';
import { differingFiles, folderChecksums } from './checksums.ts';
import { findCommand } from './find-command.ts';
import { makeOnce } from './once.ts';
import { runCommand } from './run-command.ts';

export interface FetchOptions {
  /** STREAMWRIGHT_HOME: what is fetched stays in `artifacts/` below it. */
  home: string;
  /** Where commands are looked for. */
  searchPath: string;
  onProgress?: ((message: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}

const POM_FILE = join(PROJECT_DIR, 'sandbox/artifacts/pom.xml');
const CHECKSUM_FILE = join(PROJECT_DIR, 'sandbox/artifacts/kafka.sha256');
const COPY_GOAL = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.0:copy-dependencies';

/**
 * Folder with Kafka's jars, fetched when it is not there yet.
 * @throws PlatformError SERVICE_NOT_READY when Maven is missing or fails, or a jar is not the one that kafka.sha256 names
 */
export async function fetchKafka(options: FetchOptions, expected?: string): Promise<string> {
  const { folder } = await kafkaFolder(options.home);
  await makeOnce(folder, async (aside) => {
    options.onProgress?.('fetching Kafka (44 MB, once) ...');
    await copyJars(aside, options);
    const found = await folderChecksums(aside);
    refuseDifferences(expected ?? (await readFile(CHECKSUM_FILE, 'utf8')), found);
  });
  return folder;
}

/** Where the jars of the present pom.xml lie, and whether they do already. */
export async function kafkaFolder(home: string): Promise<{ folder: string; present: boolean }> {
  const hash = createHash('sha256')
    .update(await readFile(POM_FILE))
    .digest('hex');
  const folder = join(home, 'artifacts', `kafka-${hash.slice(0, 16)}`);
  return { folder, present: existsSync(folder) };
}

async function copyJars(target: string, { searchPath, onProgress, signal }: FetchOptions): Promise<void> {
  const maven = findCommand('mvn', searchPath);
  if (!maven) {
    throw new PlatformError('SERVICE_NOT_READY', {
      message: 'Kafka could not be fetched: Maven (mvn) is not on the PATH.',
      hint: 'Install it: `apt-get install maven` on Debian or Ubuntu, `brew install maven` on macOS. It is needed once.',
    });
  }
  let count = 0;
  const { exitCode, lastLines } = await runCommand(
    maven,
    ['-B', '-f', POM_FILE, COPY_GOAL, `-DoutputDirectory=${target}`, '-DincludeScope=runtime'],
    {
      signal,
      onLine: (line) => {
        const [, name] = /^Downloaded from .*\/([^/ ]+\.jar) /.exec(line) ?? [];
        if (name) onProgress?.(`fetching Kafka: file ${++count}, ${name}`);
      },
    },
  );
  if (exitCode === 0) return;
  throw new PlatformError('SERVICE_NOT_READY', {
    message: `Kafka could not be fetched: mvn ended with ${exitCode}.\n${lastLines}`,
    hint: 'The lines above say why. Maven needs a way to Maven Central or to a mirror named in ~/.m2/settings.xml.',
  });
}

function refuseDifferences(expected: string, found: string): void {
  const different = differingFiles(expected, found);
  if (different.length === 0) return;
  throw new PlatformError('SERVICE_NOT_READY', {
    message: `Kafka was fetched but is refused: not as sandbox/artifacts/kafka.sha256 says: ${different.join(', ')}.`,
    hint: 'Remove these files from ~/.m2/repository and start again. If it stays, whoever serves your Maven packages serves changed files.',
  });
}

/**
 * Builds a base image from Debian's packages, for machines that reach a Debian mirror but no hub.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import type { Config } from '#sandbox/config.ts';
import { PlatformError } from '#sandbox/errors.ts';
import { findCommand } from '#sandbox/host/find-command.ts';
import { makeTemporaryFolder } from '#sandbox/host/instance-name.ts';
import { aptSettings, CODENAME, hostSources } from './host-clients.ts';

const NOT_NEEDED = ['doc', 'man', 'info', 'locale'].map((folder) => `/usr/share/${folder}/*`);

/** The recipe of the base: a change here makes a different base. */
export const BOOTSTRAP_ARGUMENTS = [
  ...['--variant=minbase', '--format=tar'],
  // Without these hooks `usrmerge` adds 46 MB of Perl.
  ...['--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr', '--include=usr-is-merged'],
  ...NOT_NEEDED.map((path) => `--dpkgopt=path-exclude=${path}`),
  `--customize-hook=${[
    'rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/* "$1"/var/log/*',
    // How this machine reaches Debian stays out of the image.
    'rm -rf "$1"/etc/apt/apt.conf.d/99mmdebstrap "$1"/etc/resolv.conf "$1"/etc/hostname',
  ].join('; ')}`,
];

/** Removes this machine's sources, which every builder is given anew. Where it has none, mmdebstrap's own stay: a builder needs some. */
const FORGET_SOURCES = '--customize-hook=rm -rf "$1"/etc/apt/sources.list "$1"/etc/apt/sources.list.d/*';

export interface BootstrapOptions {
  config: Pick<Config, 'path'>;
  signal?: AbortSignal | undefined;
}

/**
 * Builds the file system of a small Debian and passes it on as a tar archive.
 * @param use reads the file, which is removed afterwards
 * @throws PlatformError SERVICE_NOT_READY when mmdebstrap is missing or fails
 */
export async function bootstrapDebian<T>(use: (tarFile: string) => Promise<T>, { config, signal }: BootstrapOptions): Promise<T> {
  const command = findCommand('mmdebstrap', config.path);
  if (!command) {
    throw new PlatformError('SERVICE_NOT_READY', {
      message: 'The base image can be neither pulled nor built: no hub responds, and mmdebstrap is not installed.',
      hint: 'Let the engine reach Docker Hub, or install mmdebstrap on Debian or Ubuntu to build the image from packages: `apt-get install mmdebstrap`.',
    });
  }
  const folder = await makeTemporaryFolder();
  try {
    const tarFile = join(folder, 'base.tar');
    await runBootstrap(command, { tarFile, sources: await writeSources(folder), signal });
    return await use(tarFile);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface RunOptions {
  tarFile: string;
  sources: { files: string[]; settings: string };
  signal: AbortSignal | undefined;
}

async function runBootstrap(command: string, { tarFile, sources, signal }: RunOptions): Promise<void> {
  const forget = sources.files.length > 0 ? [FORGET_SOURCES] : [];
  const args = [...BOOTSTRAP_ARGUMENTS, ...forget, `--aptopt=${sources.settings}`, CODENAME, '-', ...sources.files];
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal && { signal, killSignal: 'SIGTERM' as const }),
  });
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line);
    if (lines.length > 20) lines.shift();
  });
  const closed = once(child, 'close');
  await pipeline(child.stdout, createWriteStream(tarFile));
  const [exitCode] = await closed;
  signal?.throwIfAborted();
  if (exitCode === 0) return;
  throw new PlatformError('SERVICE_NOT_READY', {
    message: `The base image could not be built: mmdebstrap exited with ${exitCode}.\n${lines.join('\n')}`,
    hint: 'See the lines above. mmdebstrap needs a Debian mirror, and root or user namespaces: try `sudo npm run images`.',
  });
}

async function writeSources(folder: string): Promise<RunOptions['sources']> {
  const settings = join(folder, 'apt.conf');
  await writeFile(settings, await aptSettings());
  const files: string[] = [];
  for (const [name, text] of Object.entries(await hostSources())) {
    const file = join(folder, name.replaceAll('/', '-'));
    await writeFile(file, text);
    files.push(file);
  }
  return { files, settings };
}

/**
 * The small Debian under all images: pulled where a hub can be reached, else made from Debian's packages.
 */
import { createReadStream } from 'node:fs';
import type Docker from 'dockerode';
import type { Config } from '#sandbox/config.ts';
import { BOOTSTRAP_ARGUMENTS, bootstrapDebian } from './bootstrap-base.ts';
import { hashOf } from './build-context.ts';
import { readEngineStream } from './engine-stream.ts';
import { CODENAME } from './host-clients.ts';
import { imageId, pullImage } from './pull-image.ts';

export interface BuildOptions {
  docker: Docker;
  config: Config;
  /** Told what a human waits for. */
  onProgress?: ((message: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}

const REPOSITORY = 'streamwright/base';
/** The base where a hub can be reached. */
export const HUB_IMAGE = `debian:${CODENAME}-slim`;
const HUB_SILENCE_MS = 20_000;

/** Id of the base image, which is pulled or made when the engine has none. */
export async function ensureBase(options: BuildOptions): Promise<string> {
  const { docker, onProgress } = options;
  const present = await findBase(docker);
  if (present) return present;
  onProgress?.(`pulling ${HUB_IMAGE} ...`);
  const made = await pull(options).catch((error) => {
    options.signal?.throwIfAborted();
    onProgress?.(`no ${HUB_IMAGE} to be had (${firstLine(error)}): making it from Debian packages (about a minute, once) ...`);
    return bootstrap(options);
  });
  // Another process may have been faster: then its base is everybody's.
  const other = await findBase(docker);
  if (other) return other;
  await docker.getImage(made).tag({ repo: REPOSITORY, tag: await baseTag() });
  return made;
}

/** Id of the base image, or null when the engine has none. */
export async function findBase(docker: Docker): Promise<string | null> {
  return imageId(docker, `${REPOSITORY}:${await baseTag()}`);
}

function baseTag(): Promise<string> {
  return hashOf([], [HUB_IMAGE, ...BOOTSTRAP_ARGUMENTS]);
}

async function pull({ docker, signal }: BuildOptions): Promise<string> {
  await pullImage(HUB_IMAGE, { docker, signal, silenceMs: HUB_SILENCE_MS });
  const id = await imageId(docker, HUB_IMAGE);
  if (!id) throw new Error('the engine has lost what it pulled');
  return id;
}

async function bootstrap({ docker, config, signal }: BuildOptions): Promise<string> {
  return bootstrapDebian(
    async (tarFile) => {
      const stream = await docker.importImage(createReadStream(tarFile), { changes: 'CMD ["bash"]' });
      let last = '';
      await readEngineStream(stream, (line) => {
        last = line;
      });
      return last;
    },
    { config, signal },
  );
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n', 1)[0] ?? '';
}

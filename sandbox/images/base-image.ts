/**
 * The small Debian under all images: pulled from a hub, or built from Debian's packages where no hub can be reached.
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
  /** Called with a message when a step starts that takes long. */
  onProgress?: ((message: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}

const REPOSITORY = 'streamwright/base';
/** The base that a hub provides. */
export const HUB_IMAGE = `debian:${CODENAME}-slim`;
const HUB_SILENCE_MS = 20_000;

/** Returns the id of the base image. Pulls or builds it when the engine has none. */
export async function ensureBase(options: BuildOptions): Promise<string> {
  const { docker, onProgress } = options;
  const present = await findBase(docker);
  if (present) return present;
  onProgress?.(`pulling ${HUB_IMAGE} ...`);
  const made = await pull(options).catch((error) => {
    options.signal?.throwIfAborted();
    onProgress?.(
      `${HUB_IMAGE} is not available (${firstLine(error)}): building it from Debian packages (about a minute, once) ...`,
    );
    return bootstrap(options);
  });
  // Another process may have been faster: then everyone uses its base.
  const other = await findBase(docker);
  if (other) return other;
  await docker.getImage(made).tag({ repo: REPOSITORY, tag: await baseTag() });
  return made;
}

/** Returns the id of the base image, or null when the engine has none. */
export async function findBase(docker: Docker): Promise<string | null> {
  return imageId(docker, `${REPOSITORY}:${await baseTag()}`);
}

function baseTag(): Promise<string> {
  return hashOf([], [HUB_IMAGE, ...BOOTSTRAP_ARGUMENTS]);
}

async function pull({ docker, signal }: BuildOptions): Promise<string> {
  await pullImage(HUB_IMAGE, { docker, signal, silenceMs: HUB_SILENCE_MS });
  const id = await imageId(docker, HUB_IMAGE);
  if (!id) throw new Error('the engine no longer has the image that it pulled');
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

/**
 * Runs one build in the engine, with progress that a human can read.
 */
import { imageVariable } from '#sandbox/config.ts';
import { PlatformError } from '#sandbox/errors.ts';
import type { BuildOptions } from './base-image.ts';
import { archive, type ContextFile } from './build-context.ts';
import { EngineFailure, readEngineStream } from './engine-stream.ts';

export interface Build {
  /** As messages show it: `kafka`. */
  name: string;
  /** Name and tag of the result. */
  reference: string;
  /** Id of the base image. */
  base: string;
  files: readonly ContextFile[];
  /** Values of the Dockerfile's ARGs. */
  buildArguments: Readonly<Record<string, string>>;
}

/**
 * Builds an image from a context whose Dockerfile takes its base from the argument BASE.
 * @throws PlatformError SERVICE_NOT_READY with the last lines of the build
 */
export async function buildImage({ name, reference, base, files, buildArguments }: Build, options: BuildOptions): Promise<void> {
  const { docker, onProgress, signal } = options;
  try {
    const stream = await docker.buildImage(archive(files), {
      t: reference,
      buildargs: { ...buildArguments, BASE: base },
      // A build uses the machine's own network, which reaches its mirrors and proxies.
      networkmode: 'host',
      labels: { 'streamwright.image': name },
      rm: true,
      forcerm: true,
      ...(signal && { abortSignal: signal }),
    });
    await readEngineStream(stream, (line) => {
      const [, step, all] = /^Step (\d+)\/(\d+) :/.exec(line) ?? [];
      if (step) onProgress?.(`building the ${name} image (step ${step} of ${all}) ...`);
      const [, told] = /^streamwright: (.*)/.exec(line) ?? [];
      if (told) onProgress?.(`building the ${name} image: ${told}`);
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw failure(name, error);
  }
}

function failure(name: string, error: unknown): PlatformError {
  const { message, lastLines = '' } = error instanceof EngineFailure ? error : { message: String(error) };
  return new PlatformError(
    'SERVICE_NOT_READY',
    {
      message: `The ${name} image could not be built.\n${[lastLines, message].filter(Boolean).join('\n')}`,
      hint: `See the lines above. A build needs Debian's packages, Maven Central and PyPI, or mirrors that this machine's apt, ~/.m2/settings.xml and pip.conf name. Run \`npm run images\` to try again, or set ${imageVariable(name)} to an image built elsewhere.`,
    },
    { cause: error },
  );
}

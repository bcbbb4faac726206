/**
 * The images that containers are started from. Each is named by the hash of its parts: an engine that has one never builds it again, and
 * a change to a part makes a different image.
 */
import { imageVariable } from '#sandbox/config.ts';
import { PlatformError } from '#sandbox/errors.ts';
import { type BuildOptions, ensureBase, findBase } from './base-image.ts';
import { hashOf } from './build-context.ts';
import { buildImage } from './build-image.ts';
import { type Image, repositoryOf } from './image.ts';
import { imageId, pullImage } from './pull-image.ts';

export type { BuildOptions } from './base-image.ts';

const REGISTRY_SILENCE_MS = 60_000;

/**
 * Returns the reference of an image that the engine then has: built when it is missing, or the one that the configuration names.
 * @throws PlatformError SERVICE_NOT_READY with the last lines of the build and a hint
 */
export async function ensureImage(image: Image, options: BuildOptions): Promise<string> {
  const chosen = options.config.images[imageVariable(image.name)];
  if (chosen) return ensureChosen(chosen, image, options);
  return (await builtImage(image, options)) ?? inTurn(() => build(image, options));
}

/** Returns the reference of the image as it was built earlier, or null. */
async function builtImage(image: Image, { docker, config }: BuildOptions): Promise<string | null> {
  const base = await findBase(docker);
  if (!base) return null;
  const reference = await referenceTo(image, base, config);
  return (await imageId(docker, reference)) ? reference : null;
}

async function build(image: Image, options: BuildOptions): Promise<string> {
  options.signal?.throwIfAborted();
  const base = await ensureBase(options);
  const reference = await referenceTo(image, base, options.config);
  if (await imageId(options.docker, reference)) return reference;
  refuseOtherSystems(image);
  const { made, carried, buildArguments } = await image.recipe(options.config);
  await buildImage({ name: image.name, reference, base, buildArguments, files: [...made, ...(await carried())] }, options);
  return reference;
}

const references = new Map<string, Promise<string>>();

/** Returns the reference of an image. Its files are read once, as every starting container needs it. */
function referenceTo(image: Image, base: string, config: BuildOptions['config']): Promise<string> {
  const key = `${image.name} ${base}`;
  const known = references.get(key);
  if (known) return known;
  const reference = hashRecipe(image, base, config);
  references.set(key, reference);
  return reference;
}

async function hashRecipe(image: Image, base: string, config: BuildOptions['config']): Promise<string> {
  const { made, facts } = await image.recipe(config);
  return `${repositoryOf(image.name)}:${await hashOf(made, [base, ...facts])}`;
}

let turn: Promise<unknown> = Promise.resolve();

/** Runs one build at a time, as builds share their first steps. A second caller for the same image gets the one that was just built. */
function inTurn<T>(act: () => Promise<T>): Promise<T> {
  const done = turn.then(act);
  turn = done.catch(() => null);
  return done;
}

/** Rejects systems other than Linux: the Node that runs this process becomes part of the images. */
function refuseOtherSystems({ name }: Image): void {
  if (process.platform === 'linux') return;
  throw new PlatformError('SERVICE_NOT_READY', {
    message: `The ${name} image can only be built on Linux, because it contains the Node that builds it.`,
    hint: `Build it on a Linux machine with \`npm run images\`, bring it here with \`docker save\` and \`docker load\`, and name it in ${imageVariable(name)}; or use STREAMWRIGHT_PROVIDER=process.`,
  });
}

async function ensureChosen(reference: string, { name }: Image, options: BuildOptions): Promise<string> {
  const { docker, onProgress, signal } = options;
  if (await imageId(docker, reference)) return reference;
  onProgress?.(`pulling ${reference} ...`);
  try {
    await pullImage(reference, { docker, signal, silenceMs: REGISTRY_SILENCE_MS });
    return reference;
  } catch (error) {
    signal?.throwIfAborted();
    throw new PlatformError(
      'SERVICE_NOT_READY',
      {
        message: `The ${name} image ${reference} could not be pulled: ${error instanceof Error ? error.message : error}.`,
        hint: `Load it into the engine with \`docker load\` or \`docker pull\`, or unset ${imageVariable(name)} to build it here.`,
      },
      { cause: error },
    );
  }
}

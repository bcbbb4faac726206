import { IMAGES } from '#sandbox/app/images.ts';
import { ensureImage } from '#sandbox/images/images.ts';
import { connectEngine } from '#sandbox/providers/docker/engine.ts';
import type { CommandOptions } from './command.ts';
import { EXIT, parseWords, UsageError } from './usage.ts';

export const IMAGES_USAGE = 'npm run images';

/** Builds the images that the engine lacks, and prints each image's name and size. @returns the exit code */
export async function imagesCommand(args: readonly string[], { config, signal }: CommandOptions): Promise<number> {
  const { positionals } = parseWords(args, {});
  if (positionals.length > 0) throw new UsageError(`images takes no arguments, but was given "${positionals[0]}"`);
  const docker = await connectEngine();
  for (const image of IMAGES) {
    const reference = await ensureImage(image, { docker, config, signal, onProgress: (message) => console.error(message) });
    const { Size } = await docker.getImage(reference).inspect();
    console.log(`${image.name.padEnd(10)} ${String(Math.round(Size / 1_000_000)).padStart(4)} MB  ${reference}`);
  }
  return EXIT.pass;
}

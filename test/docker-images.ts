/**
 * The images that `.docker.test.ts` files need: built before the first of them, as no test waits for a build.
 */
import { IMAGES } from '#sandbox/app/images.ts';
import { readConfig } from '#sandbox/config.ts';
import { ensureImage } from '#sandbox/images/images.ts';
import { connectEngine } from '#sandbox/providers/docker/engine.ts';

export default async function buildImages(): Promise<void> {
  const docker = await connectEngine();
  for (const image of IMAGES) await ensureImage(image, { docker, config: readConfig(), onProgress: console.log });
}

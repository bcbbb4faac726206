/**
 * The images that `.docker.test.ts` files need: built before the first of them, as no test waits for a build.
 */
import { readConfig } from '#sandbox/config.ts';
import { ensureImage, IMAGE_NAMES } from '#sandbox/images/images.ts';
import { connectEngine } from '#sandbox/providers/docker/engine.ts';

export default async function buildImages(): Promise<void> {
  const docker = await connectEngine();
  for (const name of IMAGE_NAMES) await ensureImage(name, { docker, config: readConfig(), onProgress: console.log });
}

import Dockerode from 'dockerode';
import { readConfig } from '#sandbox/config.ts';
import { ensureImage } from '#sandbox/images/images.ts';
import { connectEngine } from '#sandbox/providers/docker/engine.ts';

/**
 * Gives another engine images that the engine of the tests has.
 * @param host as in DOCKER_HOST
 * @returns settings by which a server takes them instead of building its own
 */
export async function copyImages(host: string): Promise<Record<string, string>> {
  const from = await connectEngine();
  const to = new Dockerode({ socketPath: host.replace('unix://', '') });
  const settings: Record<string, string> = {};
  for (const name of ['kafka', 'workspace'] as const) {
    const image = await ensureImage(name, { docker: from, config: readConfig() });
    const loading = await to.loadImage(await from.getImage(image).get());
    await new Promise((resolve, reject) => to.modem.followProgress(loading, (error) => (error ? reject(error) : resolve(null))));
    settings[`STREAMWRIGHT_${name.toUpperCase()}_IMAGE`] = image;
  }
  return settings;
}

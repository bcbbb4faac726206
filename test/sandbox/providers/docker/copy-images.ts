import Dockerode from 'dockerode';
import { imageVariable, readConfig } from '#sandbox/config.ts';
import { ensureImage } from '#sandbox/images/images.ts';
import { serviceImage } from '#sandbox/images/service-image.ts';
import { connectEngine } from '#sandbox/providers/docker/engine.ts';
import { workspaceImage } from '#sandbox/providers/docker/image/workspace-image.ts';
import { kafka } from '#sandbox/services/kafka/software.ts';

/**
 * Copies images from the engine of the tests to another engine.
 * @param host as in DOCKER_HOST
 * @returns settings with which a server uses them instead of building its own
 */
export async function copyImages(host: string): Promise<Record<string, string>> {
  const from = await connectEngine();
  const to = new Dockerode({ socketPath: host.replace('unix://', '') });
  const settings: Record<string, string> = {};
  for (const image of [serviceImage(kafka), workspaceImage]) {
    const reference = await ensureImage(image, { docker: from, config: readConfig() });
    const loading = await to.loadImage(await from.getImage(reference).get());
    await new Promise((resolve, reject) => to.modem.followProgress(loading, (error) => (error ? reject(error) : resolve(null))));
    settings[imageVariable(image.name)] = reference;
  }
  return settings;
}

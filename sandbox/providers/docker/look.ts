import { type Config, imageVariable } from '#sandbox/config.ts';
import { repositoryOf } from '#sandbox/images/image.ts';
import { connectEngine, withEngine } from './engine.ts';
import { checkFirewall, type Firewall } from './firewall.ts';
import { workspaceImage } from './image/workspace-image.ts';

export interface EngineLook {
  /** Version of the engine. */
  version: string;
  /** Null while there is no image to check it with. */
  firewall: Firewall | null;
}

/**
 * Returns what this machine's engine offers, without building anything.
 * @throws PlatformError SERVICE_NOT_READY when none responds
 */
export async function lookAtEngine({ images, subnets }: Pick<Config, 'images' | 'subnets'>): Promise<EngineLook> {
  const docker = await connectEngine();
  return withEngine('The container engine could not be inspected', async () => {
    const { ServerVersion: version } = await docker.info();
    const { name } = workspaceImage;
    const reference = [images[imageVariable(name)] ?? repositoryOf(name)];
    const [found] = await docker.listImages({ filters: { reference } });
    return { version, firewall: found ? await checkFirewall({ docker, image: found.Id, range: subnets }) : null };
  });
}

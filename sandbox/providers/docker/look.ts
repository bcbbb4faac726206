import type { Config } from '#sandbox/config.ts';
import { connectEngine, withEngine } from './engine.ts';
import { checkFirewall, type Firewall } from './firewall.ts';

export interface EngineLook {
  /** Of the engine. */
  version: string;
  /** Null while there is no image yet to look from. */
  firewall: Firewall | null;
}

/**
 * What the engine of this machine offers, without building anything.
 * @throws PlatformError SERVICE_NOT_READY when none answers
 */
export async function lookAtEngine({ images, subnets }: Pick<Config, 'images' | 'subnets'>): Promise<EngineLook> {
  const docker = await connectEngine();
  return withEngine('The container engine could not be looked at', async () => {
    const { ServerVersion: version } = await docker.info();
    const [found] = await docker.listImages({ filters: { reference: [images.workspace ?? 'streamwright/workspace'] } });
    return { version, firewall: found ? await checkFirewall({ docker, image: found.Id, range: subnets }) : null };
  });
}

/**
 * Removes what killed servers left, and the state of services whose folder no longer exists.
 */
import { existsSync } from 'node:fs';
import type Dockerode from 'dockerode';
import { ifThere } from './engine.ts';
import { folderOf, INSTANCE, isOrphan, type Labels, type Owner } from './labels.ts';

const ours = JSON.stringify({ label: [INSTANCE] });

/** Removes every object whose labels `isDue` accepts. */
export async function removeLabelled(docker: Dockerode, isDue: (labels: Labels | null | undefined) => boolean): Promise<void> {
  const containers = await docker.listContainers({ all: true, filters: ours });
  await Promise.all(
    containers
      .filter(({ Labels }) => isDue(Labels))
      .map(({ Id }) => ifThere(docker.getContainer(Id).remove({ force: true, v: true }))),
  );
  const networks = await docker.listNetworks({ filters: ours });
  await Promise.all(networks.filter(({ Labels }) => isDue(Labels)).map(({ Id }) => removeNetwork(docker, Id)));
  const { Volumes } = await docker.listVolumes({ filters: ours });
  await Promise.all(
    (Volumes ?? [])
      .filter(({ Labels }) => isDue(Labels))
      .map(({ Name }) => ifThere(docker.getVolume(Name).remove({ force: true }))),
  );
}

/** Removes what is left of servers that no longer run, and this provider's volumes whose service was given up. */
export async function sweep(docker: Dockerode, owner: Owner): Promise<void> {
  await removeLabelled(docker, isOrphan);
  const { Volumes } = await docker.listVolumes({ filters: ours });
  const given = (Volumes ?? []).filter(({ Labels }) => owner.has(Labels) && !existsSync(folderOf(Labels)));
  await Promise.all(given.map(({ Name }) => docker.getVolume(Name).remove().catch(ignoreUsed)));
}

async function removeNetwork(docker: Dockerode, id: string): Promise<void> {
  const network = docker.getNetwork(id);
  const { Containers } = await network.inspect().catch(() => ({ Containers: {} }));
  for (const Container of Object.keys(Containers ?? {})) await ifThere(network.disconnect({ Container, Force: true }));
  await ifThere(network.remove());
}

/** A container still uses it: a later sweep removes it. */
function ignoreUsed(error: unknown): void {
  const isUsed = error instanceof Error && 'statusCode' in error && (error.statusCode === 409 || error.statusCode === 404);
  if (!isUsed) throw error;
}

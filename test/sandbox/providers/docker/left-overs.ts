import type Dockerode from 'dockerode';
import { INSTANCE, type Labels } from '#sandbox/providers/docker/labels.ts';
import { removeLabelled } from '#sandbox/providers/docker/sweep.ts';

/** Numbers of objects in an engine with the label of a process. */
export interface LeftOvers {
  containers: number;
  networks: number;
  volumes: number;
}

/** @param pids ids of servers */
export async function leftOversOf(docker: Dockerode, pids: readonly number[]): Promise<LeftOvers> {
  const filters = JSON.stringify({ label: [INSTANCE] });
  const isTheirs = ({ Labels: labels }: { Labels?: Labels | null | undefined }) => pids.some((pid) => isOf(pid, labels));
  const containers = (await docker.listContainers({ all: true, filters })).filter(isTheirs).length;
  const networks = (await docker.listNetworks({ filters })).filter(isTheirs).length;
  const { Volumes: volumes } = await docker.listVolumes({ filters });
  return { containers, networks, volumes: (volumes ?? []).filter(isTheirs).length };
}

export function totalOf({ containers, networks, volumes }: LeftOvers): number {
  return containers + networks + volumes;
}

/** Removes leftovers as the next server would. */
export function removeLeftOvers(docker: Dockerode, pid: number): Promise<void> {
  return removeLabelled(docker, (labels) => isOf(pid, labels));
}

function isOf(pid: number, labels: Labels | null | undefined): boolean {
  return labels?.[INSTANCE]?.startsWith(`streamwright-${pid}-`) ?? false;
}

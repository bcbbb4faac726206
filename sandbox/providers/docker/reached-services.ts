import type { Endpoint } from '#sandbox/providers/provider.ts';
import type { ServiceRegistry } from './context.ts';
import type { Network } from './network.ts';

/** Connects services to a network. */
export interface ReachedServices {
  /** For `ExtraHosts`. Names are looked up in a file: a name server could carry data out. */
  readonly extraHosts: readonly string[];
  /** Returns whether each is still at its address: one that was replaced is not in the network. */
  areThere(): boolean;
}

export interface ReachOptions {
  network: Network;
  reach: Readonly<Record<string, Endpoint>>;
  services: ServiceRegistry;
  /** Programs of learners reach a service through its gate. */
  by: 'programs' | 'services';
}

export async function joinServices({ network, reach, services, by }: ReachOptions): Promise<ReachedServices> {
  const memberAt = (endpoint: Endpoint) => {
    const { containerId, gateId } = services.at(endpoint);
    return by === 'programs' ? (gateId ?? containerId) : containerId;
  };
  const joining = Object.entries(reach).map(([alias, endpoint], index) => ({
    alias,
    endpoint,
    address: network.subnet.address(index),
    containerId: memberAt(endpoint),
  }));
  await Promise.all(joining.map(({ containerId, ...member }) => network.join(containerId, member)));
  return {
    extraHosts: joining.map(({ alias, address }) => `${alias}:${address}`),
    areThere: () => joining.every(({ endpoint, containerId }) => memberAt(endpoint) === containerId),
  };
}

import { randomBytes } from 'node:crypto';
import type Dockerode from 'dockerode';
import { ifThere } from './engine.ts';
import { newName, type Owner } from './labels.ts';
import { type Subnet, subnetsOf } from './subnets.ts';

/** Begins the name of each of our bridges: the machine's firewall rule matches it. */
export const BRIDGE_PREFIX = 'swb-';

/** A network of one container and the services that it reaches. Disposing it disconnects the remaining members. */
export interface Network extends AsyncDisposable {
  readonly name: string;
  readonly subnet: Subnet;
  /** Connects a running container, with a name and a fixed address. */
  join(containerId: string, member: { alias: string; address: string }): Promise<void>;
}

export interface NetworkOptions {
  owner: Owner;
  /** Range to take a subnet from. */
  range: string;
  /** `sealed`: no way out, and no address of the machine in it. `published`: its containers' ports can be published on the machine. */
  kind: 'sealed' | 'published';
}

/** Subnets in use are skipped, up to this many. */
const MOST_ATTEMPTS = 4096;

export async function createNetwork(docker: Dockerode, { range, ...options }: NetworkOptions): Promise<Network> {
  let attempts = 0;
  for (const subnet of subnetsOf(range)) {
    try {
      return await createOn(docker, subnet, options);
    } catch (error) {
      if (!/overlaps with other one|already in use/i.test(String(error)) || ++attempts === MOST_ATTEMPTS) throw error;
    }
  }
  throw new RangeError(`no free subnet is left in ${range}`);
}

async function createOn(docker: Dockerode, subnet: Subnet, { owner, kind }: Omit<NetworkOptions, 'range'>): Promise<Network> {
  const name = newName('network');
  const network = await docker.createNetwork({
    Name: name,
    Driver: 'bridge',
    Internal: kind === 'sealed',
    IPAM: { Driver: 'default', Config: [{ Subnet: subnet.cidr, Gateway: subnet.gateway }] },
    Options: {
      'com.docker.network.bridge.name': `${BRIDGE_PREFIX}${randomBytes(5).toString('hex')}`,
      'com.docker.network.bridge.enable_ip_masquerade': 'false',
      ...(kind === 'sealed' && { 'com.docker.network.bridge.inhibit_ipv4': 'true' }),
    },
    Labels: owner.labels('network'),
  });
  const joined = new Set<string>();
  return {
    name,
    subnet,
    async join(containerId, { alias, address }) {
      await network.connect({
        Container: containerId,
        EndpointConfig: { Aliases: [alias], IPAMConfig: { IPv4Address: address } },
      });
      joined.add(containerId);
    },
    async [Symbol.asyncDispose]() {
      for (const containerId of joined) await ifThere(network.disconnect({ Container: containerId, Force: true }));
      await ifThere(network.remove());
    },
  };
}

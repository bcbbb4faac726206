/**
 * Finds out by trying whether our containers reach services of the machine itself.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import type Dockerode from 'dockerode';
import { ifThere } from './engine.ts';
import { newName, Owner } from './labels.ts';
import { BRIDGE_PREFIX, createNetwork } from './network.ts';

/** `closed`: they do not. `elsewhere`: the engine runs on another machine, such as a virtual one, which cannot be checked from here. */
export type Firewall = 'closed' | 'open' | 'elsewhere';

/** Closes the machine to containers, but lets them reply to connections that the machine opens. */
export const FIREWALL_COMMAND = `iptables -I INPUT -i ${BRIDGE_PREFIX}+ -m conntrack ! --ctstate ESTABLISHED,RELATED -j DROP`;

const TRY_MS = 1000;
const CONNECTED = 0;

export interface FirewallCheck {
  docker: Dockerode;
  /** Image of a workspace. */
  image: string;
  /** Range to take a subnet from. */
  range: string;
}

/** Starts a container next to a listener on the machine's address in its network, and returns whether it could connect. */
export async function checkFirewall({ docker, image, range }: FirewallCheck): Promise<Firewall> {
  const owner = new Owner();
  await using network = await createNetwork(docker, { owner, range, kind: 'published' });
  const { gateway } = network.subnet;
  const listener = await listenOn(gateway);
  if (!listener) return 'elsewhere';
  await using _ = { [Symbol.asyncDispose]: async () => void listener.server.close() };
  const script = `require('node:net').connect(${listener.port}, '${gateway}').on('connect', () => process.exit(${CONNECTED})).on('error', () => process.exit(1)).setTimeout(${TRY_MS}, () => process.exit(1))`;
  const container = await docker.createContainer({
    name: newName('probe'),
    Image: image,
    Labels: owner.labels('probe'),
    User: '10002:10002',
    Entrypoint: [],
    Cmd: ['/usr/local/bin/node', '-e', script],
    HostConfig: { NetworkMode: network.name, ReadonlyRootfs: true, CapDrop: ['ALL'], LogConfig: { Type: 'none', Config: {} } },
  });
  try {
    await container.start();
    const { StatusCode } = await container.wait();
    return StatusCode === CONNECTED ? 'open' : 'closed';
  } finally {
    await ifThere(container.remove({ force: true }));
  }
}

/** Listens on an address. Returns null when it is not this machine's. */
async function listenOn(host: string): Promise<{ server: Server; port: number } | null> {
  const server = createServer((socket) => socket.destroy()).listen(0, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRNOTAVAIL') return null;
    throw error;
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return { server, port: address.port };
}

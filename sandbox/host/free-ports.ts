import { once } from 'node:events';
import { createServer } from 'node:net';

/** Returns a free port for each name. All are open at the same time, so no two are the same; another program may still take one later. */
export async function freePorts(names: readonly string[], host: string): Promise<Record<string, number>> {
  const servers = names.map(() => createServer().listen(0, host));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
    return address.port;
  });
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return Object.fromEntries(names.map((name, index) => [name, ports[index] ?? 0]));
}

/** Returns whether a server could listen on this port now. */
export async function isPortFree(port: number, host: string): Promise<boolean> {
  const server = createServer().listen(port, host);
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  await once(server.close(), 'close');
  return true;
}

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Endpoint } from '#sandbox/providers/provider.ts';

export interface FreezableProxy extends AsyncDisposable {
  endpoint: Endpoint;
  /** Lets no more bytes pass, like a broker under SIGSTOP. */
  freeze(): void;
  /** Cuts every connection, like a broker that dies. */
  drop(): Promise<void>;
}

/** Opens a TCP port in front of a broker. */
export async function freezableProxy(target: Endpoint): Promise<FreezableProxy> {
  const sockets = new Set<Socket>();
  let isFrozen = false;
  const server = createServer((client) => {
    const broker = connect(target.port, target.host);
    for (const socket of [client, broker]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    if (!isFrozen) client.pipe(broker).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const drop = async () => {
    const closed = [...sockets].map((socket) => once(socket, 'close'));
    for (const socket of sockets) socket.destroy();
    await Promise.all(closed);
  };
  return {
    endpoint: { host: '127.0.0.1', port: address.port },
    freeze: () => {
      isFrozen = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    drop,
    [Symbol.asyncDispose]: async () => {
      await drop();
      server.close();
      await once(server, 'close');
    },
  };
}

/**
 * The one way out of a workspace: a Unix socket that belongs to one run and leads to one service.
 */
import { once } from 'node:events';
import { chmod, chown } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import type { Endpoint } from '#sandbox/providers/provider.ts';

/** A client of one broker opens a handful: kafkajs 9 for a producer, two consumers, a transaction and an admin client. */
const MAX_CONNECTIONS = 64;

export interface ForwarderOptions {
  /** File of the socket. */
  path: string;
  target: Endpoint;
  /** The only user besides root who may connect; null allows any. */
  uid: number | null;
}

/** Time in which what a program has written before it ended still reaches the service. */
const DRAIN_MS = 1000;

/** Listens on a socket and forwards every connection. Disposing it drains the connections of ended programs, then cuts the rest. */
export async function openForwarder({ path, target, uid }: ForwarderOptions): Promise<AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    if (sockets.size >= MAX_CONNECTIONS * 2) {
      client.destroy();
      return;
    }
    const service = connect({ ...target, allowHalfOpen: true, noDelay: true });
    const cut = () => {
      client.destroy();
      service.destroy();
    };
    for (const socket of [client, service]) {
      sockets.add(socket);
      socket.on('error', cut);
      socket.on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    client.pipe(service);
    service.pipe(client);
  });
  server.listen(path);
  await once(server, 'listening');
  await chmod(path, 0o600);
  if (uid !== null) await chown(path, uid, uid);
  return {
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      const cutAll = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, DRAIN_MS);
      await closed;
      clearTimeout(cutAll);
    },
  };
}

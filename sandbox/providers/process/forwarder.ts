/**
 * The one way out of a workspace: a Unix socket that belongs to one run and leads to one service.
 */
import { connect, type Socket } from 'node:net';
import { endTogether } from '#sandbox/host/end-together.ts';
import type { Endpoint, OpenGate } from '#sandbox/providers/provider.ts';
import { Door } from './door.ts';
import type { KnownService } from './known-services.ts';

/** A client of one broker opens a handful: kafkajs 9 for a producer, two consumers, a transaction and an admin client. */
const MAX_CONNECTIONS = 64;

export interface ForwarderOptions {
  /** File of the socket. */
  path: string;
  target: Endpoint;
  /** What is there; null for a service that is taken to be up and may be sent anything. */
  service: KnownService | null;
  /** The only user besides root who may connect; null allows any. */
  uid: number | null;
}

export interface Forwarder extends AsyncDisposable, Pick<OpenGate, 'hold'> {}

/** Time in which what a program has written before it ended still reaches the service. */
const DRAIN_MS = 1000;
/** Of each run: a program can be refused without end. */
const MOST_NOTES = 10;

/**
 * Listens on a socket while the service is up, and forwards every connection. `hold` is that of its gate. Disposing it drains the connections of ended programs, then
 * cuts the rest.
 */
export async function openForwarder({ path, target, service, uid }: ForwarderOptions): Promise<Forwarder> {
  const sockets = new Set<Socket>();
  const hold = (socket: Socket) => {
    sockets.add(socket);
    return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const gate = service?.gate?.open({ onRefusal: noteIn(service) }) ?? OPEN;
  const door = new Door({
    path,
    uid,
    onConnection(client) {
      if (sockets.size >= MAX_CONNECTIONS * 2) {
        client.destroy();
        return;
      }
      hold(client);
      gate.pass(client, () => {
        const there = hold(connect({ ...target, allowHalfOpen: true, noDelay: true }));
        endTogether(client, there);
        return there;
      });
    },
  });
  let closing = false;
  const follow = async () => {
    if (closing) return;
    if (service?.isUp === false) door.close();
    else await door.open();
  };
  const watch = service?.onChange(() => {
    follow().catch((error: unknown) => service.note(`streamwright: the way of a program could not be opened: ${error}`));
  });
  await door.open();
  await follow();
  return {
    hold: (forMs) => gate.hold(forMs),
    async [Symbol.asyncDispose]() {
      closing = true;
      gate.hold(0);
      watch?.[Symbol.dispose]();
      const cutAll = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, DRAIN_MS);
      await door[Symbol.asyncDispose]();
      clearTimeout(cutAll);
    },
  };
}

/** Passes everything. */
const OPEN: OpenGate = {
  pass(program, reach) {
    const service = reach();
    program.pipe(service);
    service.pipe(program);
  },
  hold: () => false,
};

function noteIn(service: KnownService): (reason: string) => void {
  let notes = 0;
  return (reason) => {
    notes += 1;
    if (notes <= MOST_NOTES) service.note(`streamwright: a connection of a program was closed: ${reason}`);
  };
}

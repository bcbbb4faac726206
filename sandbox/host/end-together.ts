import type { Socket } from 'node:net';

/** Ends both sockets as soon as one of them has failed or closed. */
export function endTogether(one: Socket, other: Socket): void {
  const end = () => {
    one.destroy();
    other.destroy();
  };
  for (const socket of [one, other]) socket.on('error', end).on('close', end);
}

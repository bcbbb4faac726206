import { once } from 'node:events';
import { connect } from 'node:net';

/** Returns whether something accepts connections at an address. */
export async function accepts({ host, port }: { host: string; port: number }, signal: AbortSignal): Promise<boolean> {
  const socket = connect({ host, port, signal });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

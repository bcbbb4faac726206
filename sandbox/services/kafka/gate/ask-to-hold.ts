/** How a gate that runs as a program of its own is told to hold back: by a socket that only its own container has. */
import { connect, createServer } from 'node:net';

/** Abstract, so that it is in no file system and ends with its process. Named by the port on which the gate listens. */
const socketOf = (port: number) => `\0streamwright-gate-${port}`;

/** @param hold called with the address of a caller and a time in ms */
export function listenForHolds(port: number, hold: (address: string, forMs: number) => void): void {
  const server = createServer({ allowHalfOpen: true }, (asking) => {
    let text = '';
    asking.setEncoding('utf8').on('data', (more) => {
      text += more;
    });
    asking.on('error', () => asking.destroy());
    asking.on('end', () => {
      const [address = '', forMs] = text.split(' ');
      hold(address, Number(forMs));
      asking.end();
    });
  });
  server.on('error', (error) => console.log(`streamwright: nothing can be held back: ${error.message}`));
  server.listen(socketOf(port));
}

/** Settles when the gate at a port holds back. @throws Error when none runs here */
export async function askToHold(port: number, address: string, forMs: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const asked = connect(socketOf(port), () => asked.end(`${address} ${forMs}`));
  asked.on('close', (hadError) => hadError || resolve()).on('error', reject);
  asked.resume();
  await promise;
}

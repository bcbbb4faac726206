import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Api } from './api/api.ts';

/**
 * Checks early, before the long steps of a start, whether the port is available.
 * @throws Error with a hint
 */
export async function checkPort(port: number): Promise<void> {
  const probe = createServer().listen({ host: '127.0.0.1', port });
  try {
    await once(probe, 'listening');
  } catch (error) {
    throw explain(error, port);
  } finally {
    probe.close();
  }
}

/**
 * Listens only on this machine's own address.
 *
 * @param port 0 takes a free port
 * @returns the address, `http://127.0.0.1:4321`
 * @throws Error with a hint when the port is in use or not permitted
 */
export async function listen(app: Api, port: number): Promise<string> {
  try {
    return await app.listen({ host: '127.0.0.1', port });
  } catch (error) {
    throw explain(error, port);
  }
}

function explain(error: unknown, port: number): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'EADDRINUSE') {
    return new Error(
      `Port ${port} is used by another program. Hint: end that program, or use another port: PORT=${port + 1} npm start.`,
      {
        cause: error,
      },
    );
  }
  if (error.code === 'EACCES') {
    return new Error(`Port ${port} may not be used by this user. Hint: use one above 1023: PORT=4321 npm start.`, {
      cause: error,
    });
  }
  return error;
}

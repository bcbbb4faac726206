import { once } from 'node:events';
import type Dockerode from 'dockerode';
import { accepts } from '#sandbox/host/accepts.ts';
import type { Endpoint } from '#sandbox/providers/provider.ts';
import type { ServiceLog } from '#sandbox/providers/service-log.ts';
import type { StartingService } from '#sandbox/readiness/readiness.ts';

export interface StartingContainer {
  container: Dockerode.Container;
  log: ServiceLog;
  /** Folder of the service inside. */
  dir: string;
  /** Returns where the server reaches a port, which has the same number inside. */
  endpoint(port: string): Endpoint;
}

/** Returns the readiness checks of a service that starts in a container. */
export function startingContainer({ container, log, dir, endpoint }: StartingContainer): StartingService {
  const run = (command: readonly string[], signal: AbortSignal) => runInside(container, { command, dir, signal });
  return {
    saw: (text) => log.saw(text),
    async listens(port, signal) {
      // The engine accepts connections to a published port before anything listens behind it.
      const listening = await run(['grep', '-q', listenersAt(endpoint(port).port), '/proc/net/tcp', '/proc/net/tcp6'], signal);
      return listening === 0 && (await accepts(endpoint(port), signal));
    },
    urlOf(port) {
      const { host, port: number } = endpoint(port);
      return `http://${host}:${number}`;
    },
    run,
  };
}

/** Returns a pattern for a listening socket (state 0A) in the kernel's table. */
function listenersAt(port: number): string {
  return `:${port.toString(16).toUpperCase().padStart(4, '0')} [0-9A-F]*:0000 0A `;
}

interface Inside {
  command: readonly string[];
  dir: string;
  signal: AbortSignal;
}

async function runInside(container: Dockerode.Container, { command, dir, signal }: Inside): Promise<number | null> {
  const exec = await container.exec({
    Cmd: [...command],
    WorkingDir: dir,
    AttachStdout: true,
    AttachStderr: true,
    abortSignal: signal,
  });
  const output = await exec.start({ abortSignal: signal });
  const ended = once(output, 'end', { signal });
  output.resume();
  await ended;
  return (await exec.inspect()).ExitCode;
}

/**
 * What a container says from its first moment on, which the engine's log of it gives only while it runs.
 */
import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import type Dockerode from 'dockerode';

export interface FirstWords {
  output: Readable;
  /** Settles when the container says nothing any more, since it has ended. */
  silent: Promise<unknown>;
}

/** Listens to a container that is about to be started. */
export async function listen(container: Dockerode.Container): Promise<FirstWords> {
  const stream = await container.attach({ stream: true, stdout: true, stderr: true });
  const output = new PassThrough();
  container.modem.demuxStream(stream, output, output);
  // Also an error ends it: who knows why is told by whoever asks the engine next.
  const ended = Promise.race(['end', 'close', 'error'].map((event) => once(stream, event).catch(() => undefined)));
  ended.then(() => output.end());
  return { output, silent: once(output, 'end') };
}

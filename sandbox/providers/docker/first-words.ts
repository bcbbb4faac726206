/**
 * Reads a container's output from its first moment; the engine's log gives it only while the container runs.
 */
import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import type Dockerode from 'dockerode';

export interface FirstWords {
  output: Readable;
  /** Settles when the container has ended and sends no more output. */
  silent: Promise<unknown>;
}

/** Attaches to a container that is about to start. */
export async function listen(container: Dockerode.Container): Promise<FirstWords> {
  const stream = await container.attach({ stream: true, stdout: true, stderr: true });
  const output = new PassThrough();
  container.modem.demuxStream(stream, output, output);
  // An error also ends the stream; its cause reaches the next caller of the engine.
  const ended = Promise.race(['end', 'close', 'error'].map((event) => once(stream, event).catch(() => undefined)));
  ended.then(() => output.end());
  return { output, silent: once(output, 'end') };
}

import type Docker from 'dockerode';
import { readEngineStream } from './engine-stream.ts';

export interface PullOptions {
  docker: Docker;
  signal?: AbortSignal | undefined;
  /** Milliseconds without output after which a registry counts as out of reach. */
  silenceMs: number;
}

/**
 * Has the engine pull an image.
 * @throws Error with the registry's message, or when it sent nothing in that time
 */
export async function pullImage(reference: string, { docker, signal, silenceMs }: PullOptions): Promise<void> {
  const silence = new AbortController();
  const giveUp = () => silence.abort(new Error(`the registry of ${reference} sent nothing for ${silenceMs / 1000} s`));
  const timer = setTimeout(giveUp, silenceMs);
  const either = signal ? AbortSignal.any([signal, silence.signal]) : silence.signal;
  try {
    const stream = await docker.pull(reference, { abortSignal: either });
    await readEngineStream(stream, () => timer.refresh());
  } catch (error) {
    throw either.aborted ? either.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

/** Returns the id of an image of the engine, or null when it has none of that name. */
export async function imageId(docker: Docker, reference: string): Promise<string | null> {
  try {
    return (await docker.getImage(reference).inspect()).Id;
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error && error.statusCode === 404) return null;
    throw error;
  }
}

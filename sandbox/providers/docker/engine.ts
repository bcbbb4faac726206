/**
 * The container engine of this machine.
 */
import type Dockerode from 'dockerode';
import { getContainerRuntimeClient } from 'testcontainers';
import { prepareTestcontainers } from '#sandbox/config.ts';
import { PlatformError } from '#sandbox/errors.ts';
import { abortable } from '#sandbox/readiness/abortable.ts';

const ANSWER_LIMIT_MS = 4000;
const GONE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ENOTFOUND', 'ETIMEDOUT']);

/**
 * Finds the engine by the rules of Testcontainers: DOCKER_HOST, the context of the docker command, the usual sockets.
 * @throws PlatformError SERVICE_NOT_READY when none responds
 */
export async function connectEngine(): Promise<Dockerode> {
  prepareTestcontainers();
  try {
    return (await getContainerRuntimeClient()).container.dockerode;
  } catch (cause) {
    throw new PlatformError(
      'SERVICE_NOT_READY',
      {
        message: 'No container engine responds on this machine.',
        hint: 'Start Docker, set DOCKER_HOST to its address, or set STREAMWRIGHT_PROVIDER=process.',
      },
      { cause },
    );
  }
}

/** Returns whether an engine responds on this machine. */
export async function engineIsThere(): Promise<boolean> {
  try {
    return await engineAnswers(await connectEngine());
  } catch {
    return false;
  }
}

/** Returns whether the engine responds within 4 s. */
export async function engineAnswers(docker: Dockerode): Promise<boolean> {
  try {
    await abortable(docker.ping(), AbortSignal.timeout(ANSWER_LIMIT_MS));
    return true;
  } catch {
    return false;
  }
}

/**
 * Does something with the engine.
 * @param what the failure, for the message: `A workspace could not be opened`
 * @throws PlatformError SERVICE_NOT_READY with the engine's own message, or saying that it is not responding
 */
export async function withEngine<T>(what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    if (cause instanceof PlatformError) throw cause;
    throw engineFault(what, cause);
  }
}

function engineFault(what: string, cause: unknown): PlatformError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const problem = isEngineGone(cause)
    ? {
        message: `${what}: the container engine is not responding.`,
        hint: 'Start the engine again (`systemctl start docker`); sandboxes then continue automatically. Drafts are kept.',
      }
    : { message: `${what}: ${reason.trim()}`, hint: 'Run `npm run doctor` to see what this machine lacks.' };
  return new PlatformError('SERVICE_NOT_READY', problem, { cause });
}

/** Returns whether an error says that the engine is not responding. */
export function isEngineGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && GONE.has(String(error.code));
}

/** Does something unless its object or the engine no longer exists; a later sweep removes what is left. */
export async function ifThere(act: Promise<unknown>): Promise<void> {
  try {
    await act;
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}

/** Returns whether an answer means: not found, already in the requested state, ended, or being removed. */
function isAbsent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('statusCode' in error) {
    return (
      error.statusCode === 404 ||
      error.statusCode === 304 ||
      /already in progress|not connected|is not running/.test(error.message)
    );
  }
  return isEngineGone(error);
}

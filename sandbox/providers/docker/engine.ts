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
 * @throws PlatformError SERVICE_NOT_READY when none answers
 */
export async function connectEngine(): Promise<Dockerode> {
  prepareTestcontainers();
  try {
    return (await getContainerRuntimeClient()).container.dockerode;
  } catch (cause) {
    throw new PlatformError(
      'SERVICE_NOT_READY',
      {
        message: 'No container engine answers on this machine.',
        hint: 'Start Docker, set DOCKER_HOST to where it listens, or use STREAMWRIGHT_PROVIDER=process.',
      },
      { cause },
    );
  }
}

/** Whether an engine answers on this machine. */
export async function engineIsThere(): Promise<boolean> {
  try {
    return await engineAnswers(await connectEngine());
  } catch {
    return false;
  }
}

/** Whether the engine answers, within 4 s. */
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
 * @param what was to be done, for the message: `A workspace could not be opened`
 * @throws PlatformError SERVICE_NOT_READY in the engine's own words, or saying that it does not answer
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
        message: `${what}: the container engine does not answer.`,
        hint: 'Start the engine again (`systemctl start docker`); everything goes on then by itself. Drafts are kept meanwhile.',
      }
    : { message: `${what}: ${reason.trim()}`, hint: '`npm run doctor` tells what this machine lacks.' };
  return new PlatformError('SERVICE_NOT_READY', problem, { cause });
}

/** Whether an error says that no engine answers. */
export function isEngineGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && GONE.has(String(error.code));
}

/** Does something that need not be done when its object is gone, or the engine with it: what is left then is swept later. */
export async function ifThere(act: Promise<unknown>): Promise<void> {
  try {
    await act;
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}

/** True for an answer that says: there is no such thing, it is as it should be already, it has ended, it is being removed. */
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

/**
 * The ways in which a service shows that it is ready: Testcontainers' wait strategies, as data.
 */
import { until } from './until.ts';

/** One of: a text in its output, a port that it listens on, a response over HTTP, a command that succeeds next to it. */
export type Readiness =
  | { log: string }
  | { port: string }
  | { http: HttpReadiness }
  /** Runs in the service's folder with its environment, repeatedly until it exits with 0. */
  | { command: readonly [string, ...string[]] };

export interface HttpReadiness {
  /** Name of the port. */
  port: string;
  path: string;
  /** 200 by default. */
  status?: number;
}

/** What the strategies see of a service that is starting in a provider. */
export interface StartingService {
  /** Settles when a line of its output holds the text. */
  saw(text: string): Promise<void>;
  /** Returns whether it listens on a port. */
  listens(port: string, signal: AbortSignal): Promise<boolean>;
  /** Returns the URL at which the server reaches a port. */
  urlOf(port: string): string;
  /** Runs a command next to it. @returns its exit code */
  run(command: readonly [string, ...string[]], signal: AbortSignal): Promise<number | null>;
}

/** Pause between two checks: a JVM that is asked more often starts more slowly. */
const LOOK_EVERY_MS = 100;
const LOOK_LIMIT_MS = 2000;

/**
 * Settles when the service is ready. Call it before the service starts, as the expected line may be its first.
 * @param signal stops the checks: the caller limits the time, and knows when the service has ended
 */
export async function becomeReady(ready: Readiness, service: StartingService, signal: AbortSignal): Promise<void> {
  if ('log' in ready) return service.saw(ready.log);
  const look = async (): Promise<boolean> => {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(LOOK_LIMIT_MS)]);
    if ('port' in ready) return service.listens(ready.port, limited);
    if ('command' in ready) return (await service.run(ready.command, limited)) === 0;
    return answers(service.urlOf(ready.http.port), ready.http, limited);
  };
  await until(look, { timeoutMs: Number.POSITIVE_INFINITY, everyMs: LOOK_EVERY_MS, signal, what: 'a service to be ready' });
}

async function answers(base: string, { path, status = 200 }: HttpReadiness, signal: AbortSignal): Promise<boolean> {
  const response = await fetch(new URL(path, base), { signal, redirect: 'manual' });
  await response.body?.cancel();
  return response.status === status;
}

/**
 * JSON over HTTP to one of Flink's two servers. It uses Node's own client because the gateway expects a body with a GET.
 */
import { Agent, request } from 'node:http';
import { PlatformError } from '#sandbox/errors.ts';
import type { Endpoint } from '#sandbox/providers/provider.ts';

export interface FlinkAnswer {
  status: number;
  body: unknown;
}

export interface FlinkHttp extends Disposable {
  /**
   * @returns the answer, whatever its status
   * @throws PlatformError SERVICE_NOT_READY when there is no answer in time; the signal's reason
   */
  ask(method: 'GET' | 'POST' | 'DELETE' | 'PATCH', path: string, options?: AskOptions): Promise<FlinkAnswer>;
}

export interface AskOptions {
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/** Flink works in the background and is polled, so an answer that takes this long will not come. */
const TIMEOUT_MS = 30_000;
/** Below Flink's own limit of 300 s, so that a connection is never used while Flink closes it. */
const IDLE_MS = 60_000;

export function openFlinkHttp({ host, port }: Endpoint): FlinkHttp {
  const agent = new Agent({ keepAlive: true, timeout: IDLE_MS });
  return {
    ask(method, path, { body, signal } = {}) {
      const { promise, resolve, reject } = Promise.withResolvers<FlinkAnswer>();
      const timeout = AbortSignal.timeout(TIMEOUT_MS);
      const fail = (cause: Error) => reject(signal?.aborted ? signal.reason : noAnswer(cause));
      const text = body === undefined ? '' : JSON.stringify(body);
      const headers = text ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {};
      const sent = request({
        ...{ agent, host, port, method, path, headers },
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      sent.once('error', fail);
      sent.once('response', (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.once('error', fail);
        response.once('end', () => {
          try {
            const answer = Buffer.concat(parts).toString();
            resolve({ status: response.statusCode ?? 0, body: answer ? JSON.parse(answer) : null });
          } catch (error) {
            reject(noAnswer(error));
          }
        });
      });
      sent.end(text);
      return promise;
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}

/** Returns the error for a Flink that has ended, hangs, or sends what it never should. */
export function noAnswer(cause: unknown): PlatformError {
  return new PlatformError(
    'SERVICE_NOT_READY',
    {
      message: `Flink did not respond as expected: ${cause instanceof Error ? cause.message : String(cause)}`,
      hint: 'Try again in a few seconds; a Flink that has ended restarts automatically.',
    },
    { cause },
  );
}

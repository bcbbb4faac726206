/**
 * JSON over HTTP to one of Flink's two servers. Node's own client, because the gateway wants a body with a GET.
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
   * @returns whatever the status is
   * @throws PlatformError SERVICE_NOT_READY when there is no answer in time; the signal's reason
   */
  ask(method: 'GET' | 'POST' | 'DELETE' | 'PATCH', path: string, options?: AskOptions): Promise<FlinkAnswer>;
}

export interface AskOptions {
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/** Work is done in the background and asked for, so an answer that takes this long will not come. */
const TIMEOUT_MS = 30_000;
/** Below Flink's own limit of 300 s, so that a connection is never used while the other side closes it. */
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

/** A fault of the platform: Flink is gone, hangs, or says what it never should. */
export function noAnswer(cause: unknown): PlatformError {
  return new PlatformError(
    'SERVICE_NOT_READY',
    {
      message: `Flink did not answer: ${cause instanceof Error ? cause.message : String(cause)}`,
      hint: 'Try again in a few seconds; a Flink that ended is started again by itself.',
    },
    { cause },
  );
}

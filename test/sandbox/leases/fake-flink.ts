/**
 * What a pool sees of a Flink JVM, without one: a gateway that answers as long as it is told to.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Flink } from '#sandbox/services/flink/flink.ts';

export interface FakeFlink extends Flink {
  /** From here on nothing is answered. */
  hang(): void;
  /** Ends as a killed JVM does. */
  kill(): void;
  hasEnded(): boolean;
  /** Requests so far. */
  asked(): number;
}

let lastPid = 0;

export async function startFakeFlink(): Promise<FakeFlink> {
  let asked = 0;
  let hangs = false;
  let ended = false;
  const end = Promise.withResolvers<{ exitCode: number | null; signal: string | null; logTail: string }>();
  const server: Server = createServer((request, response) => {
    asked += 1;
    if (!hangs) response.end(JSON.stringify(answerTo(request.method ?? '', request.url ?? '')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const kill = () => {
    ended = true;
    server.closeAllConnections();
    server.close();
    end.resolve({ exitCode: null, signal: 'SIGKILL', logTail: '' });
  };
  lastPid += 1;
  return {
    ...{ gateway: { host: '127.0.0.1', port }, rest: { host: '127.0.0.1', port }, key: 'key', pid: lastPid, ended: end.promise },
    hang: () => {
      hangs = true;
    },
    kill,
    hasEnded: () => ended,
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      if (!ended) kill();
    },
  };
}

function answerTo(method: string, url: string): unknown {
  if (url === '/jobs') return { jobs: [] };
  if (method === 'POST' && url === '/v2/sessions') return { sessionHandle: 's' };
  if (method === 'POST') return { operationHandle: 'o' };
  return { resultType: 'EOS', results: { columns: [], data: [] } };
}

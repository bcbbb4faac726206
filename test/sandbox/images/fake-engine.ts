import { once } from 'node:events';
import { createServer } from 'node:http';
import Dockerode from 'dockerode';

type Answer = { status: number; body?: unknown; text?: string };

/** Serves an engine with the given responses, by method and the beginning of the path, and without images. */
export async function serveEngine(answers: Readonly<Record<string, Answer>>): Promise<AsyncDisposable & { docker: Dockerode }> {
  const server = createServer((request, response) => {
    const asked = `${request.method} ${decodeURIComponent(request.url ?? '')}`;
    const [, answer] = Object.entries(answers).find(([begin]) => asked.startsWith(begin)) ?? [];
    const { status, body, text } = answer ?? { status: 404, body: { message: 'no such image' } };
    request.resume().on('end', () => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(text ?? `${JSON.stringify(body)}\n`);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    docker: new Dockerode({ protocol: 'http', host: '127.0.0.1', port }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { becomeReady, type StartingService } from '#sandbox/readiness/readiness.ts';

const never = new AbortController().signal;

/** A service of which nothing is known but what is given. */
function service(parts: Partial<StartingService>): StartingService {
  const unexpected = () => Promise.reject(new Error('another strategy was used'));
  return { saw: unexpected, listens: unexpected, run: unexpected, urlOf: () => 'http://127.0.0.1:1', ...parts };
}

test('by a line: what it says is listened to from the moment of the call', () => {
  const texts: string[] = [];
  const saw = (text: string) => {
    texts.push(text);
    return Promise.resolve();
  };
  const ready = becomeReady({ log: 'started' }, service({ saw }), never);
  expect(texts).toEqual(['started']);
  return ready;
});

test('by a command: it is asked until it ends with 0, also when it cannot be started at first', async () => {
  const answers = [null, 1, new Error('no such container'), 0];
  const run: StartingService['run'] = async () => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer ?? null;
  };
  await becomeReady({ command: ['pg_isready'] }, service({ run }), never);
  expect(answers).toEqual([]);
});

test('by HTTP: another status, such as a redirect, is not the one that is expected', async () => {
  const statuses = [503, 302, 200, 500];
  await using server = createServer((_, response) => response.writeHead(statuses.shift() ?? 500, { location: '/' }).end());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  await becomeReady({ http: { port: 'main', path: '/ready' } }, service({ urlOf: () => `http://127.0.0.1:${port}` }), never);
  expect(statuses).toEqual([500]);
});

test('looking ends when the caller gives up', async () => {
  const giveUp = new AbortController();
  const listens = async () => {
    giveUp.abort(new Error('given up'));
    return false;
  };
  await expect(becomeReady({ port: 'main' }, service({ listens }), giveUp.signal)).rejects.toThrow();
});

/** A service that is down looks as it does over TCP: whoever connects is refused, and not let in and then cut. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openForwarder } from '#sandbox/providers/process/forwarder.ts';
import { KnownServices } from '#sandbox/providers/process/known-services.ts';
import { until } from '#sandbox/readiness/until.ts';

let folder = '';
let service: Server;
let target = { host: '127.0.0.1', port: 0 };
const life = { gate: undefined, note: () => undefined };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dead-service-'));
  service = createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, target.host);
  await once(service, 'listening');
  const address = service.address();
  target = { host: '127.0.0.1', port: address !== null && typeof address !== 'string' ? address.port : 0 };
});
afterEach(async () => {
  service.close();
  await rm(folder, { recursive: true });
});

const forward = (services: KnownServices) =>
  openForwarder({ path: join(folder, 'kafka.sock'), target, service: services.at(target), uid: null });

/** What connecting gives: an echo, or the code of the error. */
async function tryOnce(): Promise<string> {
  const socket = connect(join(folder, 'kafka.sock'));
  try {
    await once(socket, 'connect');
    socket.write('echo');
    return String((await once(socket, 'data'))[0]);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  } finally {
    socket.destroy();
  }
}

test('connections are refused from the moment that it is down, until it is up again, time after time', async () => {
  const services = new KnownServices();
  services.begin(target, life);
  await using _ = await forward(services);
  for (let round = 0; round < 5; round++) {
    expect(await tryOnce()).toBe('echo');
    services.end(target);
    expect(await Promise.all(Array.from({ length: 10 }, tryOnce))).toEqual(Array.from({ length: 10 }, () => 'ECONNREFUSED'));
    services.begin(target, life);
    await until(async () => (await tryOnce()) === 'echo', { timeoutMs: 4000, what: 'the way to be open again' });
  }
});

test('so are those of a program that starts while it is down', async () => {
  const services = new KnownServices();
  services.begin(target, life);
  services.end(target);
  await using _ = await forward(services);
  expect(await tryOnce()).toBe('ECONNREFUSED');
  services.begin(target, life);
  await until(async () => (await tryOnce()) === 'echo', { timeoutMs: 4000, what: 'the way to be open' });
});

test('a service that ends and begins while its way is being opened leaves it open', async () => {
  const services = new KnownServices();
  services.begin(target, life);
  await using _ = await forward(services);
  for (let count = 0; count < 20; count++) {
    services.end(target);
    services.begin(target, life);
  }
  await until(async () => (await tryOnce()) === 'echo', { timeoutMs: 4000, what: 'the way to be open' });
  services.end(target);
  expect(await tryOnce()).toBe('ECONNREFUSED');
});

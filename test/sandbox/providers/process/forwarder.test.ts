import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openForwarder } from '#sandbox/providers/process/forwarder.ts';
import { until } from '#sandbox/readiness/until.ts';

let folder = '';
let service: Server;
let served: Socket[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forwarder-'));
  served = [];
  service = createServer((socket) => {
    served.push(socket);
    socket.on('error', () => undefined);
    socket.pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(service, 'listening');
});
afterEach(async () => {
  for (const socket of served) socket.destroy();
  service.close();
  await rm(folder, { recursive: true });
});

function forward() {
  const address = service.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const path = join(folder, 'kafka.sock');
  return openForwarder({ path, target: { host: '127.0.0.1', port: address.port }, service: null, uid: null });
}

async function open(): Promise<Socket> {
  const socket = connect(join(folder, 'kafka.sock'));
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

test('bytes go both ways', async () => {
  await using _ = await forward();
  const socket = await open();
  socket.write('hello');
  const [bytes] = await once(socket, 'data');
  expect(String(bytes)).toBe('hello');
  socket.destroy();
});

test('only its owner may connect', async () => {
  await using _ = await forward();
  expect((await stat(join(folder, 'kafka.sock'))).mode & 0o777).toBe(0o600);
});

test('a run has at most 64 connections; more are closed immediately and the rest continue', async () => {
  await using _ = await forward();
  const sockets = await Promise.all(Array.from({ length: 64 }, open));
  await until(() => served.length === 64, { timeoutMs: 5000, what: '64 connections' });
  const over = await open();
  await once(over.resume(), 'close');
  expect(served).toHaveLength(64);
  sockets[0]?.write('still here');
  const [bytes] = await once(sockets[0] ?? over, 'data');
  expect(String(bytes)).toBe('still here');
  for (const socket of sockets) socket.destroy();
});

test('at the end of a run every connection is cut on both sides, and no new one is accepted', async () => {
  const forwarder = await forward();
  const socket = await open();
  await until(() => served.length === 1, { timeoutMs: 5000, what: 'a connection' });
  const cut = once(socket.resume(), 'close');
  const cutAtService = once(served[0] ?? socket, 'close');
  await forwarder[Symbol.asyncDispose]();
  await Promise.all([cut, cutAtService]);
  await expect(open()).rejects.toThrow(/ENOENT|ECONNREFUSED/);
});

test('what a program wrote before it ended reaches the service, even when the run ends immediately', async () => {
  const forwarder = await forward();
  const socket = await open();
  await until(() => served.length === 1, { timeoutMs: 5000, what: 'the connection' });
  const [atService] = served;
  if (!atService) throw new Error('not connected');
  let received = 0;
  atService.unpipe().pause();
  socket.resume().end(Buffer.alloc(1_000_000));
  const closed = forwarder[Symbol.asyncDispose]();
  atService.on('data', (bytes: Buffer) => {
    received += bytes.length;
  });
  atService.on('end', () => atService.end()).resume();
  await closed;
  expect(received).toBe(1_000_000);
});

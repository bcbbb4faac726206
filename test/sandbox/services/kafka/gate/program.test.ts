/** The gate as containers run it: a program of its own, by its arguments. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePorts } from '#sandbox/host/free-ports.ts';
import { GATE_IS_OPEN } from '#sandbox/providers/provider.ts';
import { until } from '#sandbox/readiness/until.ts';
import { kafkaGate } from '#sandbox/services/kafka/gate/gate.ts';
import { fakeBroker, int32, LOGIN, request } from './gate-fixture.ts';

let broker: Awaited<ReturnType<typeof fakeBroker>>;
let gate: ChildProcess;
let port = 0;
let lines: string[] = [];
const opened: Socket[] = [];
beforeEach(async () => {
  lines = [];
  broker = await fakeBroker();
  ({ port = 0 } = await freePorts(['port'], '127.0.0.1'));
  gate = spawn(process.execPath, [kafkaGate.program, String(port), '127.0.0.1', String(broker.port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!gate.stdout) throw new Error('no output');
  createInterface({ input: gate.stdout }).on('line', (line) => lines.push(line));
  await until(() => lines.includes(GATE_IS_OPEN), { timeoutMs: 20_000, what: 'the gate to be open' });
}, 30_000);
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.destroy();
  gate.kill('SIGKILL');
  await once(gate, 'close');
  await broker[Symbol.asyncDispose]();
});

async function open(localAddress: string): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  opened.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

async function logIn(socket: Socket): Promise<void> {
  for (const one of LOGIN) {
    socket.write(one);
    await once(socket, 'data');
  }
}

test('each address has limits of its own, and a refusal is printed with the address', { timeout: 30_000 }, async () => {
  const sockets = await Promise.all(Array.from({ length: 64 }, () => open('127.0.0.1')));
  await until(() => broker.connections() === 64, { timeoutMs: 10_000, what: '64 connections' });
  const over = await open('127.0.0.1');
  await new Promise((resolve) => over.resume().once('close', resolve));
  const neighbour = await open('127.0.0.2');
  await logIn(neighbour);
  neighbour.write(request(3, 1, int32(-1)));
  await once(neighbour, 'data');
  await until(() => lines.length > 1, { timeoutMs: 10_000, what: 'the reason' });
  expect(lines).toEqual([GATE_IS_OPEN, 'streamwright: a connection of 127.0.0.1 was closed: more than 64 connections']);
  expect(sockets.filter(({ destroyed }) => destroyed)).toEqual([]);
  expect(broker.accepted()).toBe(64 + 1);
});

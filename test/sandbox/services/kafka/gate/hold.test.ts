/** The gate of a learner whose connections are held back for a time. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePorts } from '#sandbox/host/free-ports.ts';
import { GATE_IS_OPEN } from '#sandbox/providers/provider.ts';
import { kafkaGate } from '#sandbox/services/kafka/gate/gate.ts';
import { fakeBroker, gatePort, int32, LOGIN, request } from './gate-fixture.ts';

const METADATA = 3;
const metadata = request(METADATA, 1, int32(-1));

let broker: Awaited<ReturnType<typeof fakeBroker>>;
const opened: AsyncDisposable[] = [];
beforeEach(async () => {
  broker = await fakeBroker();
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one[Symbol.asyncDispose]();
  await broker[Symbol.asyncDispose]();
});

async function learner() {
  const reasons: string[] = [];
  const gate = kafkaGate.open({ onRefusal: (reason) => reasons.push(reason) });
  const port = await gatePort(gate, broker.port);
  opened.push(port);
  return { gate, port, reasons };
}

async function loggedIn({ port }: Awaited<ReturnType<typeof learner>>): Promise<Socket> {
  const socket = await port.open();
  for (const one of LOGIN) {
    socket.write(one);
    await once(socket, 'data');
  }
  return socket;
}

/** Bytes of answers that have come so far. */
function follow(socket: Socket): () => number {
  let bytes = 0;
  socket.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  return () => bytes;
}
const ask = async (socket: Socket) => {
  socket.write(metadata);
  await once(socket, 'data');
};

test('nothing of the learner passes while it is held back, all of it in order afterwards, and others notice nothing', async () => {
  const [ada, bob] = [await learner(), await learner()];
  const [hers, his] = [await loggedIn(ada), await loggedIn(bob)];
  const before = broker.received.length;
  expect(ada.gate.hold(60_000)).toBe(true);
  const seen = follow(hers);
  for (let count = 0; count < 3; count++) hers.write(metadata);
  // As long as a neighbour needs for a hundred requests, hers get nowhere.
  for (let count = 0; count < 100; count++) await ask(his);
  expect(broker.received).toHaveLength(before + 100);
  expect(seen()).toBe(0);

  ada.gate.hold(0);
  await expect.poll(() => broker.received.length).toBe(before + 103);
  await expect.poll(seen).toBe(3 * 10);
  expect([hers.destroyed, ada.reasons]).toEqual([false, []]);
});

test('an answer that was on its way is held back as well', async () => {
  const ada = await learner();
  const bob = await learner();
  const [hers, his] = [await loggedIn(ada), await loggedIn(bob)];
  const seen = follow(hers);
  hers.write(metadata);
  ada.gate.hold(60_000);
  for (let count = 0; count < 100; count++) await ask(his);
  expect(seen()).toBe(0);
  ada.gate.hold(0);
  await expect.poll(seen).toBe(10);
});

test('it ends on its own, and who connects meanwhile is let in then', async () => {
  const ada = await learner();
  ada.gate.hold(300);
  const begin = performance.now();
  const socket = await loggedIn(ada);
  expect(performance.now() - begin).toBeGreaterThan(250);
  await ask(socket);
  expect(ada.reasons).toEqual([]);
});

test.skipIf(process.platform !== 'linux')(
  'a gate that is a program of its own holds back who calls from an address, until it is told otherwise',
  async () => {
    const { port = 0 } = await freePorts(['port'], '127.0.0.1');
    const gate = spawn(process.execPath, [kafkaGate.program, String(port), '127.0.0.1', String(broker.port)]);
    opened.push({
      [Symbol.asyncDispose]: async () => {
        gate.kill('SIGKILL');
        await once(gate, 'close');
      },
    });
    const said = new Promise<void>((resolve) =>
      gate.stdout.on('data', (text) => String(text).includes(GATE_IS_OPEN) && resolve()),
    );
    await said;
    const open = async (localAddress: string) => {
      const socket = connect({ port, host: '127.0.0.1', localAddress }).on('error', () => undefined);
      opened.push({ [Symbol.asyncDispose]: async () => void socket.destroy() });
      for (const one of LOGIN) {
        socket.write(one);
        await once(socket, 'data');
      }
      return socket;
    };
    const run = promisify(execFile);
    const hold = (address: string, forMs: number) =>
      run(process.execPath, [kafkaGate.program, 'hold', String(port), address, String(forMs)]);
    const [hers, his] = [await open('127.0.0.2'), await open('127.0.0.3')];
    await hold('127.0.0.2', 60_000);
    const seen = follow(hers);
    hers.write(metadata);
    for (let count = 0; count < 100; count++) await ask(his);
    expect(seen()).toBe(0);
    await hold('127.0.0.2', 0);
    await expect.poll(seen).toBe(10);
  },
);

test('a gate that does not run cannot be asked', async () => {
  const asking = promisify(execFile)(process.execPath, [kafkaGate.program, 'hold', '1', '10.0.0.1', '5']);
  await expect(asking).rejects.toThrow('ECONNREFUSED');
});

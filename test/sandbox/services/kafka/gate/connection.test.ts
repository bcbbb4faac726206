/** The gate between a client and a broker that notes what reaches it. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '#sandbox/readiness/until.ts';
import { kafkaGate } from '#sandbox/services/kafka/gate/gate.ts';
import { fakeBroker, gatePort, int32, LOGIN, produceRequest, recordBatch, request, sized, text } from './gate-fixture.ts';

const MB = 1024 * 1024;
const PRODUCE = 0;
const METADATA = 3;
const JOIN_GROUP = 11;
const API_VERSIONS = 18;

let broker: Awaited<ReturnType<typeof fakeBroker>>;
let gate: Awaited<ReturnType<typeof gatePort>>;
let reasons: string[] = [];
beforeEach(async () => {
  reasons = [];
  broker = await fakeBroker();
  gate = await openGate();
});
afterEach(async () => {
  await gate[Symbol.asyncDispose]();
  await broker[Symbol.asyncDispose]();
});

/** Of one learner. */
const openGate = () => gatePort(kafkaGate.open({ onRefusal: (reason) => reasons.push(reason) }), broker.port);
const metadata = request(METADATA, 1, int32(-1));
const reached = (count: number) => until(() => broker.received.length === count, { timeoutMs: 4000, what: `${count} requests` });

/** Settles when it is closed, by an error too. */
const closedOf = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve));

async function loggedIn(through = gate): Promise<Socket> {
  const socket = await through.open();
  for (const one of LOGIN) {
    socket.write(one);
    await once(socket, 'data');
  }
  return socket;
}

test('requests reach the broker as they are, and answers the client', async () => {
  const socket = await loggedIn();
  socket.write(metadata);
  const [answer] = await once(socket, 'data');
  expect(answer).toEqual(sized(Buffer.concat([int32(7), Buffer.alloc(2)])));
  const produce = produceRequest([recordBatch(gzipSync(Buffer.alloc(MB)), { compression: 1 })]);
  socket.write(produce);
  await once(socket, 'data');
  expect(broker.received).toEqual([...LOGIN, metadata, produce]);
  expect(reasons).toEqual([]);
});

test('a request reaches the broker only when it is whole', async () => {
  const socket = await loggedIn();
  socket.write(metadata.subarray(0, metadata.length - 1));
  const other = await loggedIn();
  other.write(metadata);
  await once(other, 'data');
  expect(broker.received.filter((one) => one.equals(metadata))).toHaveLength(1);
  socket.write(metadata.subarray(-1));
  await once(socket, 'data');
  expect(broker.received.filter((one) => one.equals(metadata))).toHaveLength(2);
});

test.each([
  ['a size of 8 MB', Buffer.concat([int32(8 * MB), Buffer.alloc(10)]), 'kind 0 announces 8388608 bytes'],
  ['no size', Buffer.alloc(10), 'announces 0 bytes'],
  ['a size below 0', Buffer.concat([int32(-5), Buffer.alloc(10)]), 'announces -5 bytes'],
  ['a member of a group with 7 MB', request(JOIN_GROUP, 2, Buffer.alloc(7 * MB)), 'kind 11 announces'],
  ['a list of a megabyte', request(METADATA, 1, Buffer.alloc(MB)), 'kind 3 announces'],
  ['records that inflate', produceRequest([recordBatch(gzipSync(Buffer.alloc(17 * MB)), { compression: 1 })]), 'inflate to more'],
  ['another version', request(PRODUCE, 2, Buffer.alloc(100)), 'has version 2'],
  ['a login without requests', request(17, 0, text('SCRAM-SHA-256')), 'announced bytes that are no requests'],
])('%s closes the connection with the reason, and nothing of it reaches the broker', async (_what, bytes, reason) => {
  const socket = await loggedIn();
  const closed = closedOf(socket);
  socket.write(Buffer.concat([bytes, metadata]));
  await closed;
  expect(reasons).toEqual([expect.stringContaining(reason)]);
  expect(broker.received).toEqual(LOGIN);
});

test('before a login nothing passes but what logs in', async () => {
  const socket = await gate.open();
  socket.write(request(API_VERSIONS, 0));
  await once(socket, 'data');
  const closed = closedOf(socket);
  socket.write(metadata);
  await closed;
  expect(reasons).toEqual(['a request of kind 3 came before the login']);
});

test('what a learner has in the broker is bounded, and is given back by answers; another learner does not wait', async () => {
  const large = produceRequest([recordBatch(Buffer.alloc(MB))]);
  broker.silent.add(PRODUCE);
  const sockets = await Promise.all(Array.from({ length: 6 }, () => loggedIn()));
  for (const socket of sockets) socket.write(large);
  await reached(6 * LOGIN.length + 3);
  await using neighbours = await openGate();
  const neighbour = await loggedIn(neighbours);
  neighbour.write(metadata);
  await once(neighbour, 'data');
  const passed = () => broker.received.filter((one) => one.equals(large)).length;
  expect(passed()).toBe(3);
  // A client that goes gives back what it holds.
  sockets[0]?.destroy();
  await until(() => passed() === 4, { timeoutMs: 4000, what: 'the next one' });
});

test('a login does not wait for what the learner has sent over other connections', async () => {
  broker.silent.add(PRODUCE);
  const sockets = await Promise.all(Array.from({ length: 6 }, () => loggedIn()));
  for (const socket of sockets) socket.write(produceRequest([recordBatch(Buffer.alloc(MB))]));
  await reached(6 * LOGIN.length + 3);
  await loggedIn();
  expect(broker.received).toHaveLength(7 * LOGIN.length + 3);
});

test('a learner has 64 connections; more are closed, and the rest continue', async () => {
  const sockets = await Promise.all(Array.from({ length: 64 }, () => loggedIn()));
  const over = await gate.open();
  await closedOf(over.resume());
  expect(reasons).toEqual(['more than 64 connections']);
  sockets[0]?.write(metadata);
  await once(sockets[0] ?? over, 'data');
  sockets[1]?.destroy();
  await until(() => broker.connections() === 63, { timeoutMs: 4000, what: 'the end of one' });
  await loggedIn();
});

test('requests without acknowledgement pass on and on', async () => {
  const socket = await loggedIn();
  const large = produceRequest([recordBatch(Buffer.alloc(MB))], { acks: 0 });
  broker.silent.add(PRODUCE);
  for (let count = 0; count < 6; count++) socket.write(large);
  await reached(LOGIN.length + 6);
  expect(reasons).toEqual([]);
});

test('requests without acknowledgement hold up none of another connection', async () => {
  const LARGE = 12;
  const [flooding, working] = [await loggedIn(), await loggedIn()];
  const large = produceRequest([recordBatch(Buffer.alloc(MB))], { acks: 0 });
  broker.silent.add(PRODUCE);
  for (let count = 0; count < LARGE; count++) flooding.write(large);
  await until(() => broker.received.length > 2 * LOGIN.length, { timeoutMs: 4000, what: 'the first of them' });
  for (let count = 0; count < LARGE; count++) {
    working.write(metadata);
    await once(working, 'data');
  }
  expect(broker.received.filter((one) => one.equals(large)).length).toBeLessThan(LARGE);
});

test('one program joins at most some hundred groups', async () => {
  const socket = await loggedIn();
  socket.resume();
  const closed = closedOf(socket);
  const join = (group: string) => request(JOIN_GROUP, 2, text(group), Buffer.alloc(300));
  for (let count = 0; count < 100; count++) socket.write(join('the same'));
  await reached(LOGIN.length + 100);
  for (let count = 0; count < 1000; count++) socket.write(join(`group ${count}`));
  await closed;
  expect(reasons).toEqual([expect.stringContaining('too many groups')]);
});

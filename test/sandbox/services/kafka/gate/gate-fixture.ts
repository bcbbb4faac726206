/** Requests and records as a client writes them, for tests of the gate. */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { endTogether } from '#sandbox/host/end-together.ts';
import type { OpenGate } from '#sandbox/providers/provider.ts';

const i16 = (value: number) => Buffer.from([(value >> 8) & 255, value & 255]);

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** With its length in front. */
export function sized(bytes: Buffer): Buffer {
  return Buffer.concat([int32(bytes.length), bytes]);
}

export function text(value: string): Buffer {
  return Buffer.concat([i16(value.length), Buffer.from(value)]);
}

export function request(apiKey: number, apiVersion: number, ...body: Buffer[]): Buffer {
  return sized(Buffer.concat([i16(apiKey), i16(apiVersion), int32(7), text('test'), ...body]));
}

export interface BatchOptions {
  compression?: number;
  records?: number;
  producerId?: bigint;
  magic?: number;
}

/** A batch of records; the sum that the broker checks is left out. */
export function recordBatch(
  data: Buffer,
  { compression = 0, records = 1, producerId = -1n, magic = 2 }: BatchOptions = {},
): Buffer {
  const batch = Buffer.alloc(61 + data.length);
  batch.writeInt32BE(batch.length - 12, 8);
  batch.writeUInt8(magic, 16);
  batch.writeInt16BE(compression, 21);
  batch.writeBigInt64BE(producerId, 43);
  batch.writeInt32BE(records, 57);
  data.copy(batch, 61);
  return batch;
}

/** A Produce request of version 7 for one partition of each topic. */
export function produceRequest(recordSets: readonly Buffer[], { acks = -1 }: { acks?: number } = {}): Buffer {
  const topics = recordSets.map((set, index) => Buffer.concat([text(`topic-${index}`), int32(1), int32(0), sized(set)]));
  return request(0, 7, i16(-1), i16(acks), int32(5000), int32(topics.length), ...topics);
}

/** What a client sends to log in, and what makes the gate see that it was accepted. */
export const LOGIN = [
  request(17, 1, text('SCRAM-SHA-256')),
  request(36, 1, sized(Buffer.from('nonce'))),
  request(36, 1, sized(Buffer.from('proof'))),
];

/** Cuts bytes into chunks of any size. */
export function chunksOf(bytes: Buffer, most: number): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const next = at + randomInt(1, most + 1);
    chunks.push(bytes.subarray(at, next));
    at = next;
  }
  return chunks;
}

/** A broker that notes what it receives. It answers each request with its kind and no error, unless it is told to keep silent. */
export async function fakeBroker() {
  const received: Buffer[] = [];
  const silent = new Set<number>();
  let connections = 0;
  let accepted = 0;
  const server = createServer((socket) => {
    connections += 1;
    accepted += 1;
    let rest = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('close', () => (connections -= 1));
    socket.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE(0)) {
        const one = rest.subarray(0, 4 + rest.readInt32BE(0));
        rest = rest.subarray(one.length);
        received.push(one);
        if (!silent.has(one.readInt16BE(4))) socket.write(sized(Buffer.concat([one.subarray(8, 12), i16(0)])));
      }
    });
  });
  const port = await listen(server, 0);
  return {
    port,
    received,
    silent,
    connections: () => connections,
    /** How many connections there have been. */
    accepted: () => accepted,
    [Symbol.asyncDispose]: async () => void server.close(),
  };
}

/** A port whose connections pass an open gate to a broker. */
export async function gatePort(gate: OpenGate, brokerPort: number) {
  const server = createServer({ allowHalfOpen: true }, (client) => {
    client.on('error', () => undefined);
    gate.pass(client, () => {
      const broker = connect({ port: brokerPort, host: '127.0.0.1', allowHalfOpen: true });
      endTogether(client, broker);
      return broker;
    });
  });
  const port = await listen(server, 0);
  const opened: Socket[] = [];
  return {
    port,
    async open(): Promise<Socket> {
      const socket = connect({ port, host: '127.0.0.1' });
      opened.push(socket);
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      return socket;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of opened) socket.destroy();
      server.close();
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return address !== null && typeof address !== 'string' ? address.port : 0;
}

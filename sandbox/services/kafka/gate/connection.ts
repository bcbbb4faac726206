/**
 * One connection of a program to the broker. Requests pass only whole, one after the other, within what the learner may have in the broker
 * at a time; while they wait, nothing more is read. Answers pass untouched.
 */
import type { Socket } from 'node:net';
import { Answers } from './answers.ts';
import { ByteReader } from './byte-reader.ts';
import { checkProduce } from './check-produce.ts';
import { type Learner, MOST_CONNECTIONS } from './learner.ts';
import { Login } from './login.ts';
import { Refusal } from './refusal.ts';
import { HEAD_BYTES, LENGTH_BYTES, parseHead, type RequestHead } from './request-head.ts';
import { limitsOf, PRODUCE } from './request-limits.ts';

export interface Connection {
  client: Socket;
  /** Connects to the broker. */
  reach: () => Socket;
  learner: Learner;
  /** Called with the reason when the connection is closed for what came over it. */
  onRefusal: (reason: string) => void;
}

const LOGIN_MS = 10_000;
/** A request without acknowledgement is taken to be worked on at this speed, as nothing tells when it is done: twice a learner's quota. */
const UNACKNOWLEDGED_BYTES_PER_MS = 2000;

/** Passes requests on until either side has ended. */
export async function passConnection({ client, reach, learner, onRefusal }: Connection): Promise<void> {
  if (learner.connections >= MOST_CONNECTIONS) {
    // The broker does not hear of it: whoever opens connections without end costs it nothing.
    onRefusal(`more than ${MOST_CONNECTIONS} connections`);
    client.destroy();
    return;
  }
  const broker = reach();
  const login = new Login();
  const refuse = (reason: string) => {
    onRefusal(reason);
    client.destroy();
    broker.destroy();
  };
  const isLate = async () => {
    if (learner.hold.lasts) {
      // What was held back could not come.
      await learner.hold.over();
      if (client.destroyed) return;
      late = setTimeout(isLate, LOGIN_MS).unref();
    } else if (!login.isDone) refuse(`no login within ${LOGIN_MS} ms`);
  };
  let late = setTimeout(isLate, LOGIN_MS).unref();
  learner.connections += 1;
  try {
    await passRequests({ client, broker, learner, login });
    broker.end();
    await closed(broker);
  } catch (error) {
    // What else can be thrown is that a side has gone.
    if (error instanceof Refusal) refuse(error.message);
    client.destroy();
    broker.destroy();
  } finally {
    clearTimeout(late);
    learner.connections -= 1;
  }
}

interface Passing extends Pick<Connection, 'client' | 'learner'> {
  broker: Socket;
  login: Login;
}

async function passRequests({ client, broker, learner, login }: Passing): Promise<void> {
  const reader = new ByteReader(client.iterator({ destroyOnReturn: false }));
  const answers = new Answers();
  broker.on('data', (chunk: Buffer) => answers.see(chunk));
  broker.once('close', () => answers.abandon());
  broker.pipe(learner.hold.valve()).pipe(client);
  let { held } = learner;
  for (let start = await reader.peek(HEAD_BYTES); start; start = await reader.peek(HEAD_BYTES)) {
    const head = parseHead(start);
    const budget = login.isDone ? held : learner.heldByLogins;
    const giveBack = [await budget.take(holds(head, login))];
    let isAnswered = false;
    const end = () => giveBack.forEach((give) => void give());
    try {
      const request = await reader.take(LENGTH_BYTES + head.bytes);
      if (!request) return;
      learner.kept.countRequest(request, head);
      const produce = head.apiKey === PRODUCE ? await checkProduce(request, head, learner) : null;
      if (produce) giveBack.push(await learner.records.take(produce.records));
      await learner.hold.over();
      if (broker.destroyed) return;
      isAnswered = true;
      if (produce?.acks === 0) {
        held = learner.heldUnacknowledged;
        setTimeout(end, request.length / UNACKNOWLEDGED_BYTES_PER_MS).unref();
      } else {
        answers.expect((answer) => {
          login.see(head, answer);
          end();
        });
      }
      await written(broker, request);
    } finally {
      if (!isAnswered) end();
    }
  }
}

/** Returns what a request counts as. @throws Refusal when it may not come, or not be so large */
function holds(head: RequestHead, login: Login): number {
  login.check(head);
  const limits = limitsOf(head.apiKey);
  if (head.bytes > limits.bytes) {
    throw new Refusal(`a request of kind ${head.apiKey} announces ${head.bytes} bytes, more than ${limits.bytes}`);
  }
  return Math.max(head.bytes, limits.holds);
}

/** Settles when the bytes are with the system, or never will be. */
function written(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => void socket.write(bytes, () => resolve()));
}

async function closed(socket: Socket): Promise<void> {
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
}

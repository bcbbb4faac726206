/**
 * The gate as a program of its own, where learners' programs reach the broker over a network: who calls is known by the address, which only
 * one sandbox has at a time. Arguments: the port to listen on, and the broker's host and port; or `hold`, the port of
 * one that runs here, the address of a caller, and milliseconds.
 */
import { connect, createServer } from 'node:net';
import { endTogether } from '#sandbox/host/end-together.ts';
import { GATE_IS_OPEN, type OpenGate } from '#sandbox/providers/provider.ts';
import { askToHold, listenForHolds } from './ask-to-hold.ts';
import { kafkaGate } from './gate.ts';

/** What a program made the broker keep is forgotten so long after its last connection. */
const FORGET_MS = 60_000;
const NOTES_PER_MINUTE = 20;

interface Caller {
  gate: OpenGate;
  connections: number;
  forgetting: NodeJS.Timeout | undefined;
}

const [first, ...others] = process.argv.slice(2);
if (first === 'hold') {
  const [at, caller = '', forMs] = others;
  await askToHold(Number(at), caller, Number(forMs));
  process.exit();
}
const port = Number(first);
const [brokerHost = '', brokerPort] = others;
const callers = new Map<string, Caller>();
let notesLeft = NOTES_PER_MINUTE;
setInterval(() => {
  notesLeft = NOTES_PER_MINUTE;
}, 60_000).unref();

const server = createServer({ allowHalfOpen: true, noDelay: true }, (program) => {
  const address = program.remoteAddress ?? '';
  const caller = begin(address);
  program.once('close', () => end(address, caller));
  program.on('error', () => program.destroy());
  caller.gate.pass(program, () => {
    const broker = connect({ host: brokerHost, port: Number(brokerPort), allowHalfOpen: true, noDelay: true });
    endTogether(program, broker);
    return broker;
  });
});
// Too many open files: whoever was not let in can try again.
server.on('error', (error) => console.log(`streamwright: a connection was not accepted: ${error.message}`));
listenForHolds(port, (address, forMs) => {
  const caller = begin(address);
  caller.gate.hold(forMs);
  end(address, caller);
});
server.listen(port, '0.0.0.0', () => console.log(GATE_IS_OPEN));

function begin(address: string): Caller {
  const caller = callers.get(address) ?? {
    gate: kafkaGate.open({ onRefusal: (reason) => note(address, reason) }),
    connections: 0,
    forgetting: undefined,
  };
  callers.set(address, caller);
  clearTimeout(caller.forgetting);
  caller.connections += 1;
  return caller;
}

function end(address: string, caller: Caller): void {
  caller.connections -= 1;
  if (caller.connections === 0) caller.forgetting = setTimeout(() => callers.delete(address), FORGET_MS).unref();
}

function note(address: string, reason: string): void {
  notesLeft -= 1;
  if (notesLeft >= 0) console.log(`streamwright: a connection of ${address} was closed: ${reason}`);
}

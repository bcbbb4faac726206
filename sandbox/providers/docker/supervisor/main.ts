/**
 * Runs learners' programs in a container, one at a time, on orders from the server over standard input. When that ends, so does this
 * process, and with it the container.
 */
import { emptyFolders, openWorkspace, writeProgram } from './folders.ts';
import { FrameReader, message, type Notice, type Order } from './frames.ts';
import { usedBytes } from './limits.ts';
import { runProgram } from './program.ts';

const MAX_ORDER_BYTES = 16 * 1024 * 1024;

const reader = new FrameReader(MAX_ORDER_BYTES);
let running: { id: number; abort: AbortController; stop: AbortController } | null = null;

function write(bytes: Buffer): void {
  process.stdout.write(bytes);
}

function say(notice: Notice): void {
  write(message(notice));
}

async function run(order: Extract<Order, { type: 'run' }>): Promise<void> {
  if (running) throw new Error('a program is already running');
  const abort = new AbortController();
  const stop = new AbortController();
  running = { id: order.id, abort, stop };
  writeProgram(order.files);
  say({ type: 'ended', id: order.id, ...(await runProgram(order, { abort: abort.signal, stop: stop.signal, write })) });
  if (!(await emptyFolders(order.files))) throw new Error('the folders could not be emptied');
  running = null;
  say({ type: 'clean', id: order.id });
}

function obey(order: Order): void {
  if (order.type === 'run') run(order).catch(fail);
  else if (running?.id === order.id) (order.type === 'stop' ? running.stop : running.abort).abort();
}

/** Ends the container; the server opens a new one. */
function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`, () => process.exit(1));
}

process.stdin.on('data', (bytes: Buffer) => {
  for (const { payload } of reader.push(bytes)) obey(JSON.parse(payload.toString()));
});
process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
process.on('uncaughtException', fail);
openWorkspace();
say({ type: 'ready', usedBytes: usedBytes() });

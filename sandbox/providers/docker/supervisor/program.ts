import { once } from 'node:events';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { WORKSPACE } from './folders.ts';
import { type Cause, frame, KIND, type Notice, type Order } from './frames.ts';
import { spawnAsLearner } from './learner.ts';
import { watchLimits } from './limits.ts';
import { endAllOthers } from './sweep.ts';

type Run = Extract<Order, { type: 'run' }>;
type Ended = Omit<Extract<Notice, { type: 'ended' }>, 'type' | 'id'>;

/** Time between two checks of the limits. A program that exceeds one is ended within it. */
const LOOK_EVERY_MS = 50;
/** 128 + SIGABRT: Node's exit code when JavaScript's heap is full. */
const ABORTED = 134;
const HEAP_IS_FULL = 'JavaScript heap out of memory';
const NODE = '/usr/local/bin/node';

interface RunOptions {
  /** Ends it with SIGKILL. */
  abort: AbortSignal;
  /** Asks it to end, with SIGTERM. */
  stop: AbortSignal;
  /** Called with frames of its output, at most one byte more than the limit. */
  write: (bytes: Buffer) => void;
}

/** Runs a program to its end and ends everything that it started. */
export async function runProgram(order: Run, { abort, stop, write }: RunOptions): Promise<Ended> {
  const { promise: ending, resolve: end } = Promise.withResolvers<Cause>();
  const excess = watchLimits({ memoryBytes: order.memoryBytes });
  const startedAt = performance.now();
  const child = spawnAsLearner([NODE, ...order.node], { cwd: WORKSPACE, env: order.env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  const closed = once(child, 'close');
  exited.then(() => end(null), end);
  const heapIsFull = passOn([child.stdout, child.stderr], {
    limitBytes: order.outputBytes,
    write,
    onLimit: () => end('output-limit'),
  });
  const timer = setTimeout(() => end('timed-out'), order.timeMs);
  const looking = setInterval(() => {
    const found = excess();
    if (found) end(found);
  }, LOOK_EVERY_MS);
  const cancel = () => end('cancelled');
  abort.addEventListener('abort', cancel, { once: true });
  if (abort.aborted) cancel();
  // It becomes Node, in place of the tool that takes its privileges away.
  stop.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });

  const cause = await ending;
  clearTimeout(timer);
  clearInterval(looking);
  await endAllOthers();
  const [code, killedBy] = await exited;
  await closed;
  const durationMs = Math.round(performance.now() - startedAt);
  const exitCode = exitCodeOf(code, killedBy);
  const late = exitCode === ABORTED && heapIsFull() ? 'out-of-memory' : null;
  return { cause: cause ?? excess() ?? late, exitCode, durationMs };
}

function exitCodeOf(code: unknown, killedBy: unknown): number {
  if (typeof code === 'number') return code;
  const number = Object.entries(constants.signals).find(([name]) => name === killedBy)?.[1];
  return 128 + (number ?? 0);
}

interface PassOn {
  limitBytes: number;
  write: (bytes: Buffer) => void;
  onLimit: () => void;
}

/** @returns whether Node reported that its heap is full */
function passOn([stdout, stderr]: [Readable | null, Readable | null], { limitBytes, write, onLimit }: PassOn): () => boolean {
  let left = limitBytes + 1;
  let errors = '';
  const pass = (kind: number, bytes: Buffer) => {
    const fitting = bytes.subarray(0, left);
    left -= fitting.length;
    if (fitting.length > 0) write(frame(kind, fitting));
    if (left === 0) onLimit();
  };
  stdout?.on('data', (bytes: Buffer) => pass(KIND.stdout, bytes));
  stderr?.on('data', (bytes: Buffer) => {
    errors = (errors + bytes.toString('latin1')).slice(-4096);
    pass(KIND.stderr, bytes);
  });
  return () => errors.includes(HEAP_IS_FULL);
}

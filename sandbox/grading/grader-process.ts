/**
 * The grader's process, seen from the server. It is forked ahead with nothing of our environment, and killed when it is late, when it
 * ends by itself, or when it is no longer needed.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROJECT_DIR } from '#sandbox/config.ts';
import {
  type Call,
  type FromGrader,
  fromGraderSchema,
  type GradeRequest,
  type Reply,
  type ToGrader,
  type Verdict,
} from './judge/ipc.ts';
import { startWatchdog } from './watchdog.ts';

/** Module that a grader's process begins with. */
export const GRADER_ENTRY = fileURLToPath(new URL('./judge/child.ts', import.meta.url));
// Compiled once and read by each later grader: it is ready after two thirds of the CPU time. Beside the packages, so it goes with them.
const ENVIRONMENT = { NODE_COMPILE_CACHE: join(PROJECT_DIR, 'node_modules/.cache/graders') };
const MAX_ERROR_TEXT = 4096;
// A young generation of 1 MB instead of 16 leaves the waiting process at 80 MB instead of 104, and starts no slower.
const EXEC_ARGV = ['--max-semi-space-size=1', '--max-old-space-size=256'];

/** A fault of the grader: it threw, ended, hung or said what it must not say. Never the program's. */
export class GraderFault extends Error {
  override readonly name = 'GraderFault';
}

export interface JudgeOptions {
  /** Working time of the grader, that of programs and brokers not counted. */
  limitMs: number;
  /** Answers what the grader asks of the server. */
  answer: (call: Call) => Promise<Reply>;
  onVerdict: (verdict: Verdict) => void;
  signal: AbortSignal;
}

/** Judges one round at a time. Disposing it kills the process. */
export interface GraderProcess extends AsyncDisposable {
  readonly pid: number;
  /** Settles when its modules are loaded. @throws GraderFault */
  readonly ready: Promise<void>;
  /** @throws GraderFault; whatever `answer` throws; the signal's reason. After a throw the process is dead. */
  judge(request: Omit<GradeRequest, 'type'>, options: JudgeOptions): Promise<void>;
}

export function forkGrader(): GraderProcess {
  const child = fork(GRADER_ENTRY, {
    env: ENVIRONMENT,
    execArgv: EXEC_ARGV,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const ended = endOf(child);
  const ready = new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    ended.then(reject);
  });
  ready.catch(() => undefined); // whoever judges hears of it
  return {
    pid: child.pid ?? 0,
    ready,
    async judge(request, options) {
      await ready;
      try {
        await converse(child, { request: { type: 'grade', ...request }, ended, options });
      } catch (error) {
        child.kill('SIGKILL');
        throw error;
      }
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Settles, with what to say about it, when the process has ended or could not be started. */
function endOf(child: ChildProcess): Promise<GraderFault> {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-MAX_ERROR_TEXT);
  });
  return new Promise((resolve) => {
    child.once('error', (error) =>
      resolve(new GraderFault(`the grader could not be started: ${error.message}`, { cause: error })),
    );
    child.once('close', (code, signal) =>
      resolve(new GraderFault(`the grader ended unexpectedly (${signal ?? `exit code ${code}`}) ${said}`.trim())),
    );
  });
}

interface Conversation {
  request: ToGrader;
  ended: Promise<GraderFault>;
  options: JudgeOptions;
}

function converse(
  child: ChildProcess,
  { request, ended, options: { limitMs, answer, onVerdict, signal } }: Conversation,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const late = () => reject(new GraderFault(`the grader did not answer within ${limitMs} ms`));
  const watchdog = startWatchdog(limitMs, late);
  const send = (message: ToGrader) => child.send(message, (error) => error && reject(error));
  const answerCall = async (id: number, call: Call) => {
    const isOurTime = call.name !== 'start' && call.name !== 'jobs';
    if (isOurTime) watchdog.rest();
    const reply = await answer(call);
    if (isOurTime) watchdog.resume();
    send({ type: 'reply', id, reply });
  };
  const receive = (message: unknown) => {
    const parsed = fromGraderSchema.safeParse(message);
    if (parsed.success) handle(parsed.data, { answerCall, onVerdict, resolve, reject });
    else reject(new GraderFault(`the grader sent what is not in the protocol: ${parsed.error.message}`));
  };
  const abort = () => reject(signal.reason);
  child.on('message', receive);
  signal.addEventListener('abort', abort, { once: true });
  ended.then(reject);
  if (signal.aborted) abort();
  else send(request);
  return promise.finally(() => {
    watchdog[Symbol.dispose]();
    child.off('message', receive);
    signal.removeEventListener('abort', abort);
  });
}

interface Handlers {
  answerCall: (id: number, call: Call) => Promise<void>;
  onVerdict: (verdict: Verdict) => void;
  resolve: () => void;
  reject: (reason: unknown) => void;
}

function handle(message: FromGrader, { answerCall, onVerdict, resolve, reject }: Handlers): void {
  switch (message.type) {
    case 'ready':
      break;
    case 'call':
      answerCall(message.id, message.call).catch(reject);
      break;
    case 'verdict':
      onVerdict(message.verdict);
      break;
    case 'done':
      resolve();
      break;
    case 'failed':
      reject(new GraderFault(`the grader met an error: ${message.message}`, { cause: message.stack }));
  }
}

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PlatformError } from '#sandbox/errors.ts';
import type { RunResult } from '#sandbox/protocol/run.ts';
import { endedFromOutside } from '#sandbox/providers/ended-from-outside.ts';
import { limitOutput } from '#sandbox/providers/output-limiter.ts';
import type { Endpoint, ProgramSpec, RunOptions } from '#sandbox/providers/provider.ts';
import { type EndedBy, endedBy } from '#sandbox/providers/run-result.ts';
import { askToEnd } from './ask-to-end.ts';
import { INSIDE } from './bubblewrap-arguments.ts';
import { type Forwarder, openForwarder } from './forwarder.ts';
import type { Machine } from './machine.ts';
import { makeRunDirectory } from './run-directory.ts';
import { type Started, startProgram } from './start-program.ts';

/** The limit per user only stops what grows faster than the checks; it must not come first, because no one reports when it is reached. */
const SLACK = 4;

/** Folder of a run's sockets, in its directory. */
const SOCKETS = '.sockets';

function socketName(service: string): string {
  return `${service}.sock`;
}

/** Returns the path of a service's socket inside. */
export function socketInside(service: string): string {
  return `${INSIDE.sockets}/${socketName(service)}`;
}

export interface ProgramRequest {
  reach: Readonly<Record<string, Endpoint>>;
  program: ProgramSpec;
  options: RunOptions;
  /** Called with each way to a service, which ends with the program. */
  onForwarder: (forwarder: Pick<Forwarder, 'hold'>) => void;
}

/**
 * Runs one program to its end and removes every trace of it.
 * @throws PlatformError SERVICE_NOT_READY when it could not be started, or its walls were torn down around it
 */
export async function runProgram(machine: Machine, { reach, program, options, onForwarder }: ProgramRequest): Promise<RunResult> {
  if (options.signal?.aborted) return { kind: 'cancelled', durationMs: 0 };
  const boxed = machine.tools.bubblewrap !== null;
  using user = machine.users?.take();
  const uid = user?.uid ?? null;
  await using cleanup = new AsyncDisposableStack();
  const directory = cleanup.use(
    await makeRunDirectory({ base: machine.base, files: program.files, uid, copyKafkajs: boxed ? null : machine.tools.kafkajs }),
  );
  const sockets = join(directory.path, SOCKETS);
  await mkdir(sockets, { mode: 0o711 });
  for (const [name, target] of boxed ? Object.entries(reach) : []) {
    const path = join(sockets, socketName(name));
    onForwarder(cleanup.use(await openForwarder({ path, target, service: machine.services.at(target), uid })));
  }
  const cage = machine.cages.open(options.limits);
  cleanup.defer(() => cage.close());
  const startedAt = performance.now();
  const started = await startProgram(machine, {
    directory,
    program: [program.entry],
    env: program.env ?? {},
    sockets,
    enter: { uid, cgroups: cage.enter, processes: cage.enter.length === 0 ? options.limits.processes * SLACK : null },
    memoryMb: options.limits.memoryMb,
  });

  let cause: EndedBy | null = null;
  const end = (found: EndedBy) => {
    cause ??= found;
    cage.end(started.pid);
  };
  const elapsedMs = () => Math.round(performance.now() - startedAt);
  const said = passOutputOn(started, { ...options, onLimit: () => end('output-limit'), elapsedMs });
  using _watch = cage.watch(started.pid, end);
  using _timer = after(options.limits.timeMs, () => end('timed-out'));
  using _abort = onAbort(options.signal, () => end('cancelled'));
  using _stop = onAbort(options.stop, () => askToEnd(started.pid, { boxed }));

  const { exitCode, tornBy } = await started.ended;
  said.end();
  const durationMs = elapsedMs();
  cause ??= cage.excess() ?? (exitCode === ABORTED && said.heapIsFull() ? 'out-of-memory' : null);
  if (cause) return endedBy(cause, options.limits, durationMs);
  if (exitCode !== null) return { kind: 'exited', exitCode, durationMs };
  if (tornBy) throw endedFromOutside(tornBy, durationMs);
  throw new PlatformError('SERVICE_NOT_READY', {
    message: `The program could not be started: ${said.lastError()}`,
    hint: 'Run `npm run doctor` to see what this machine lacks for running programs.',
  });
}

/** 128 + SIGABRT: Node's exit code when JavaScript's heap is full. */
const ABORTED = 134;
const HEAP_IS_FULL = 'JavaScript heap out of memory';

function passOutputOn(
  { stdout, stderr }: Started,
  { limits, onOutput, onLimit, elapsedMs }: RunOptions & { onLimit: () => void; elapsedMs: () => number },
) {
  let errors = '';
  const limiter = limitOutput({ limitBytes: limits.outputBytes, onChunk: onOutput, onLimit, elapsedMs });
  stdout.on('data', (bytes: Buffer) => limiter.write('stdout', bytes));
  stderr.on('data', (bytes: Buffer) => {
    errors = (errors + bytes.toString('latin1')).slice(-4096);
    limiter.write('stderr', bytes);
  });
  return {
    end: () => limiter.end(),
    heapIsFull: () => errors.includes(HEAP_IS_FULL),
    lastError: () => errors.trim().split('\n').at(-1) ?? '',
  };
}

function after(ms: number, act: () => void): Disposable {
  const timer = setTimeout(act, ms);
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}

function onAbort(signal: AbortSignal | undefined, act: () => void): Disposable {
  if (signal?.aborted) act();
  signal?.addEventListener('abort', act);
  return { [Symbol.dispose]: () => signal?.removeEventListener('abort', act) };
}

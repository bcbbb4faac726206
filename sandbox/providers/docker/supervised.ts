/**
 * A container with a supervisor in it, from start to end, and the programs that run there one after the other.
 */
import type Dockerode from 'dockerode';
import { PlatformError } from '#sandbox/errors.ts';
import type { RunResult } from '#sandbox/protocol/run.ts';
import { nodeArguments } from '#sandbox/providers/node-arguments.ts';
import { limitOutput, type OutputLimiter } from '#sandbox/providers/output-limiter.ts';
import { workspaceFiles } from '#sandbox/providers/program-files.ts';
import type { ProgramSpec, RunLimits, RunOptions } from '#sandbox/providers/provider.ts';
import { endedBy } from '#sandbox/providers/run-result.ts';
import { abortable } from '#sandbox/readiness/abortable.ts';
import { type LinkListener, type Notice, openLink, type SupervisorLink } from './supervisor-link.ts';

const READY_LIMIT_MS = 20_000;
/** The supervisor enforces a program's time limit; the server gives up on it after this much more. */
const GRACE_MS = 10_000;

type Ended = Extract<Notice, { type: 'ended' }>;

interface Running {
  id: number;
  limiter: OutputLimiter;
  ended: PromiseWithResolvers<Ended>;
  /** Settles when the next program may start. */
  clean: PromiseWithResolvers<void>;
}

export class Supervised {
  #link: SupervisorLink | null = null;
  #running: Running | null = null;
  #cleaned: Promise<void> = Promise.resolve();
  #fault: PlatformError | null = null;
  #runs = 0;
  /** Settles with the supervisor's own share of the container's memory. */
  readonly #ready = Promise.withResolvers<number>();
  #ownBytes = 0;

  /** Starts a container and waits for its supervisor. @throws PlatformError SERVICE_NOT_READY with the supervisor's last output */
  static async start(container: Dockerode.Container): Promise<Supervised> {
    const supervised = new Supervised();
    const link = await openLink(container, supervised.#listener());
    supervised.#link = link;
    try {
      await container.start();
      supervised.#ownBytes = await abortable(supervised.#ready.promise, AbortSignal.timeout(READY_LIMIT_MS));
    } catch (error) {
      link.close();
      throw error;
    }
    return supervised;
  }

  private constructor() {
    this.#ready.promise.catch(() => undefined); // the error reaches whoever waits for it
  }

  get ownBytes(): number {
    return this.#ownBytes;
  }

  hasEnded(): boolean {
    return this.#fault !== null;
  }

  close(): void {
    this.#link?.close();
  }

  /** @throws PlatformError SERVICE_NOT_READY when the container has ended */
  async run(program: ProgramSpec, { limits, onOutput, signal, stop }: RunOptions): Promise<RunResult> {
    const files = workspaceFiles(program.files);
    await this.#cleaned;
    if (signal?.aborted) return { kind: 'cancelled', durationMs: 0 };
    if (this.#fault) throw this.#fault;
    const id = ++this.#runs;
    const startedAt = performance.now();
    const cancel = () => this.#link?.send({ type: 'cancel', id });
    const askToEnd = () => this.#link?.send({ type: 'stop', id });
    const limiter = limitOutput({
      limitBytes: limits.outputBytes,
      onChunk: onOutput,
      // The supervisor ends the program itself.
      onLimit: () => undefined,
      elapsedMs: () => Math.round(performance.now() - startedAt),
    });
    const running: Running = { id, limiter, ended: Promise.withResolvers(), clean: Promise.withResolvers() };
    this.#running = running;
    running.clean.promise.catch(() => undefined); // the error reaches the next program
    this.#cleaned = running.clean.promise.catch(() => undefined);
    signal?.addEventListener('abort', cancel, { once: true });
    stop?.addEventListener('abort', askToEnd, { once: true });
    const overdue = setTimeout(() => this.close(), limits.timeMs + GRACE_MS);
    try {
      this.#link?.send({
        type: 'run',
        id,
        files,
        node: [...nodeArguments(limits.memoryMb), program.entry],
        env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: '/tmp', PWD: '/workspace', ...program.env },
        timeMs: limits.timeMs,
        memoryBytes: limits.memoryMb * 1024 * 1024,
        outputBytes: limits.outputBytes,
      });
      const ended = await running.ended.promise;
      limiter.end();
      return resultOf(ended, limits);
    } finally {
      clearTimeout(overdue);
      signal?.removeEventListener('abort', cancel);
      stop?.removeEventListener('abort', askToEnd);
    }
  }

  #listener(): LinkListener {
    return {
      notice: (notice) => this.#hear(notice),
      output: (stream, bytes) => this.#running?.limiter.write(stream, bytes),
      end: (words) => this.#end(words),
    };
  }

  #hear(notice: Notice): void {
    if (notice.type === 'ready') this.#ready.resolve(notice.usedBytes);
    else if (notice.id !== this.#running?.id) this.close();
    else if (notice.type === 'ended') this.#running.ended.resolve(notice);
    else this.#running.clean.resolve();
  }

  #end(words: string): void {
    const fault = new PlatformError('SERVICE_NOT_READY', {
      message: `The container of this sandbox has ended${words ? `: ${words}` : ''}.`,
      hint: 'Your program is not the cause. Run it again: it gets a new sandbox.',
    });
    this.#fault = fault;
    this.#ready.reject(fault);
    this.#running?.ended.promise.catch(() => undefined);
    this.#running?.ended.reject(fault);
    this.#running?.clean.reject(fault);
  }
}

function resultOf({ cause, exitCode, durationMs }: Ended, limits: RunLimits): RunResult {
  return cause ? endedBy(cause, limits, durationMs) : { kind: 'exited', exitCode, durationMs };
}

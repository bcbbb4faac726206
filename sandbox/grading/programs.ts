import type { StartedProgram } from '#sandbox/languages/contract/program.ts';
import type { OutputChunk } from '#sandbox/protocol/run.ts';
import type { ProgramCall, ProgramMode, Reply } from './judge/ipc.ts';
import { shownOutput } from './report.ts';

/** The submitted program, set going once; it ends with a PlatformError when it could not be run, through our fault. */
export type RunningProgram = Pick<StartedProgram, 'ended' | 'jobs' | 'statements'>;

export interface StartOptions {
  mode: ProgramMode;
  onOutput: (chunk: OutputChunk) => void;
  /** Aborting ends it; nothing of it is left when `ended` has settled. */
  signal: AbortSignal;
  /** Aborting asks it to end, with SIGTERM. */
  stop: AbortSignal;
}

/** Sets the program of a round going. */
export type StartProgram = (options: StartOptions) => RunningProgram;

/** The submitted program's runs of one round. Disposing it ends what still runs. */
export interface Programs extends AsyncDisposable {
  answer(call: ProgramCall): Promise<Reply>;
  /** What they printed, in the order in which it came. */
  readonly output: readonly OutputChunk[];
  ranAt(): Date;
}

interface Started extends RunningProgram {
  output: OutputChunk[];
  abort: AbortController;
  stop: AbortController;
}

export function createPrograms({ start, signal }: { start: StartProgram; signal: AbortSignal }): Programs {
  const started: Started[] = [];
  const output: OutputChunk[] = [];
  let ranAt = new Date();

  function begin(mode: ProgramMode): Reply {
    const abort = new AbortController();
    const stop = new AbortController();
    const own: OutputChunk[] = [];
    const onOutput = (chunk: OutputChunk) => {
      own.push(chunk);
      output.push(chunk);
    };
    const running = start({ mode, onOutput, signal: AbortSignal.any([abort.signal, signal]), stop: stop.signal });
    running.ended.catch(() => undefined); // whoever asks for its end hears of it
    started.push({ ...running, output: own, abort, stop });
    return { program: started.length - 1 };
  }

  async function end(running: Started): Promise<Reply> {
    const result = await running.ended;
    ranAt = new Date();
    return { ended: { result, output: shownOutput(running.output).text, statements: running.statements() } };
  }

  return {
    output,
    ranAt: () => ranAt,
    async answer(call) {
      if (call.name === 'start') return begin(call.mode);
      const running = started[call.program];
      if (!running) throw new RangeError(`the grader asked for program ${call.program}, which it has not started`);
      if (call.name === 'ended') return end(running);
      if (call.name === 'jobs') return { jobs: await running.jobs() };
      if (call.name === 'stop') {
        running.stop.abort();
        return { done: true };
      }
      running.abort.abort();
      await running.ended;
      return { killed: true };
    },
    async [Symbol.asyncDispose]() {
      for (const { abort } of started) abort.abort();
      await Promise.allSettled(started.map(({ ended }) => ended));
    },
  };
}

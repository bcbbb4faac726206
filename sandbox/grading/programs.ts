import type { OutputChunk, RunResult } from '#sandbox/protocol/run.ts';
import type { ProgramSpec, RunLimits, Workspace } from '#sandbox/providers/provider.ts';
import type { Call, Reply } from './ipc.ts';
import { shownOutput } from './report.ts';

/** The submitted program's runs of one round. Disposing it ends what still runs. */
export interface Programs extends AsyncDisposable {
  answer(call: Call): Promise<Reply>;
  /** What they printed, in the order in which it came. */
  readonly output: readonly OutputChunk[];
  ranAt(): Date;
}

interface ProgramsOptions {
  workspace: Workspace;
  program: ProgramSpec;
  limits: RunLimits;
  signal: AbortSignal;
}

interface Running {
  ended: Promise<RunResult>;
  output: OutputChunk[];
  abort: AbortController;
}

export function createPrograms({ workspace, program, limits, signal }: ProgramsOptions): Programs {
  const started: Running[] = [];
  const output: OutputChunk[] = [];
  let ranAt = new Date();

  function start(): Reply {
    const abort = new AbortController();
    const own: OutputChunk[] = [];
    const onOutput = (chunk: OutputChunk) => {
      own.push(chunk);
      output.push(chunk);
    };
    const ended = workspace.run(program, { limits, onOutput, signal: AbortSignal.any([abort.signal, signal]) });
    ended.catch(() => undefined); // whoever asks for its end hears of it
    started.push({ ended, output: own, abort });
    return { program: started.length - 1 };
  }

  async function end(running: Running): Promise<Reply> {
    const result = await running.ended;
    ranAt = new Date();
    return { ended: { result, output: shownOutput(running.output).text } };
  }

  return {
    output,
    ranAt: () => ranAt,
    async answer(call) {
      if (call.name === 'start') return start();
      const running = started[call.program];
      if (!running) throw new RangeError(`the grader asked for program ${call.program}, which it has not started`);
      if (call.name === 'ended') return end(running);
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

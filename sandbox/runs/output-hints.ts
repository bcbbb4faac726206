import type { Exercise } from '#sandbox/catalog/catalog.ts';
import { type Language, OUTPUT_END } from '#sandbox/languages/contract/language.ts';
import type { RunResult } from '#sandbox/protocol/run.ts';
import type { RunRecord } from './run-record.ts';

/** What came before and is read again with each new part, since a line may arrive in several. */
const OVERLAP = 1024;

export interface OutputFollower {
  add(text: string): void;
  end(result: RunResult): void;
}

/**
 * Reads a run's output for its language. What to do about trouble that the program goes on trying to get over is added to the output
 * immediately; why it failed is said of the run at its end.
 *
 * @returns null where failures do not come as output
 */
export function followOutput(run: RunRecord, { spec }: Exercise, { output }: Language): OutputFollower | null {
  if (output === null) return null;
  const names = { topics: Object.keys(spec.topics), inputs: Object.keys(spec.inputs) };
  let text = '';
  let told: string | null = null;

  return {
    add(more) {
      text = (text + more).slice(-OUTPUT_END);
      if (told !== null) return;
      told = output.early(text.slice(-(OVERLAP + more.length)), names);
      if (told !== null) run.output.add({ stream: 'system', text: `\nHint: ${told}\n`, atMs: run.elapsedMs });
    },
    end(result) {
      const hasFailed = result.kind === 'timed-out' || (result.kind === 'exited' && result.exitCode !== 0);
      if (!hasFailed) return;
      run.explains(output.explain(text, names));
    },
  };
}

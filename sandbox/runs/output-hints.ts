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
 * Adds to a run's output what its language reads from it: at once, what to do about trouble that the program goes on trying to get over; when
 * it has failed, its error and line, last so that they are in view.
 *
 * @returns null where failures do not come as output
 */
export function followOutput(run: RunRecord, { spec }: Exercise, { output }: Language): OutputFollower | null {
  if (output === null) return null;
  const names = { topics: Object.keys(spec.topics), inputs: Object.keys(spec.inputs) };
  let text = '';
  let told: string | null = null;
  const tell = (line: string) => run.output.add({ stream: 'system', text: `\n${line}\n`, atMs: run.elapsedMs });

  return {
    add(more) {
      text = (text + more).slice(-OUTPUT_END);
      if (told !== null) return;
      told = output.early(text.slice(-(OVERLAP + more.length)), names);
      if (told !== null) tell(`Hint: ${told}`);
    },
    end(result) {
      const hasFailed = result.kind === 'timed-out' || (result.kind === 'exited' && result.exitCode !== 0);
      if (!hasFailed) return;
      const { message, place, hint } = output.explain(text, names) ?? { message: null, place: null, hint: null };
      const hinted = hint === null || hint === told ? [] : [`Hint: ${hint}`];
      const lines = [...(message === null ? [] : [`${place === null ? '' : `${place}: `}${message}`]), ...hinted];
      if (lines.length > 0) tell(lines.join('\n'));
    },
  };
}

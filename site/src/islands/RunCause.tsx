import { faultOf } from '../client/run-fault.ts';
import type { RunView } from '../client/run-state.ts';
import { CodeText } from './CodeText.tsx';
import { Mark } from './Mark.tsx';
import { useActions } from './use-exercise.ts';

/** Why a failed program ended: its error, the line, and what to do. Renders nothing while the output does not tell. */
export function RunCause({ run }: { run: RunView }) {
  const actions = useActions();
  const { cause } = run;
  if (!cause) return null;
  const fault = faultOf(run);
  const reveal = () => fault && actions?.reveal(fault.file, lineOf(fault.line));
  return (
    <section className="out-cause" aria-label="Why it ended">
      <Mark kind="fail" />
      <div>
        <b className="strong">{cause.message === null ? 'What the output tells' : 'An error ended your program'}</b>
        {cause.message !== null && <p className="said">{cause.message}</p>}
        {fault && (
          <p className="where">
            where{' '}
            <button type="button" className="unfold" onClick={reveal}>
              {fault.file} line {fault.line}
            </button>
          </p>
        )}
        {cause.hint !== null && (
          <p>
            <CodeText text={cause.hint} />
          </p>
        )}
      </div>
    </section>
  );
}

/** The start of a line: how long it is now is the editor's to know. */
function lineOf(line: number) {
  return { line, column: 1, endLine: line, endColumn: 1 };
}

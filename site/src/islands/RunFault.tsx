import type { RunView } from '../client/run-state.ts';
import { useActions } from './use-exercise.ts';

/** Why a run was not carried out: our fault, or that the server did not take it. Nothing for a run that was. */
export function RunFault({ run }: { run: RunView }) {
  const actions = useActions();
  if (run.status === 'error') {
    return (
      <div className="out-fault">
        <p>Your program was not run to its end, and that is our fault: {run.error}</p>
        <button type="button" className="btn" onClick={() => void actions?.run()}>
          Run again
        </button>
      </div>
    );
  }
  if (run.status !== 'refused') return null;
  return (
    <div className="out-fault">
      <p>
        Not run: {run.problem?.message} {run.problem?.hint}
      </p>
    </div>
  );
}

import type { RunView } from '../client/run-state.ts';
import { useActions } from './use-exercise.ts';

/** Why a run failed: a Streamwright error, or the server refused it. Renders nothing for other runs. */
export function RunFault({ run }: { run: RunView }) {
  const actions = useActions();
  if (run.status === 'error') {
    return (
      <div className="out-fault">
        <p>A Streamwright error ended this run: {run.error}</p>
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

import { type ReactNode, useEffect } from 'react';
import type { RunSummary } from '#sandbox/protocol/run.ts';
import { runKey, textOf } from '../client/compare-texts.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { isRunUnderWay } from '../client/run-state.ts';
import { runInWords } from '../client/words.ts';
import { EarlierCode } from './EarlierCode.tsx';
import { useActions, useExercise } from './use-exercise.ts';

/** An earlier run: how it ended, its code here, and its output in the place of the newest one's. */
export function EarlierRun({ plan, run, children }: { plan: ExercisePlan; run: RunSummary; children: ReactNode }) {
  const actions = useActions();
  const state = useExercise(plan, (all) => all);
  const key = runKey(run.runId);
  const files = textOf(state, {}, key);
  const isShown = state.run.runId === run.runId;
  const isBusy = isRunUnderWay(state.run);
  const newest = state.runs[0];
  useEffect(() => {
    void actions?.needText(key);
    void actions?.showRun(run.runId);
  }, [actions, key, run.runId]);
  return (
    <>
      {children}
      <p className="sum">
        <span>{runInWords(run)}.</span>
        <span className="note" role="status">
          {isShown && 'Its output is shown under Output.'}
          {!isShown && isBusy && 'Its output can be shown when the run under way has ended.'}
        </span>
        {isShown && newest && newest !== run && newest.runId !== run.runId && (
          <button type="button" className="btn" onClick={() => void actions?.showRun(newest.runId)}>
            Show the newest output again
          </button>
        )}
        {!isShown && !isBusy && (
          <button type="button" className="btn" onClick={() => void actions?.showRun(run.runId)}>
            Show its output
          </button>
        )}
      </p>
      {files && <EarlierCode plan={plan} of={key} files={files} />}
    </>
  );
}

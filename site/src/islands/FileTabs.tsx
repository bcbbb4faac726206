import { useCallback, useState } from 'react';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { EditorNotices } from './EditorNotices.tsx';
import { useActions, useExercise } from './use-exercise.ts';

/** The files, editable ones first, and Reset. */
export function FileTabs({ plan }: { plan: ExercisePlan }) {
  const actions = useActions();
  const front = useExercise(plan, (state) => state.file);
  const tabFree = useExercise(plan, (state) => state.tabFree);
  const [asking, setAsking] = useState(false);
  const answered = useCallback(() => setAsking(false), []);
  return (
    <>
      <fieldset className="tabs" aria-label="Files">
        {[...plan.editable, ...plan.readOnly].map((file) => (
          <button
            key={file}
            type="button"
            className="tab file"
            aria-current={file === front}
            onClick={() => actions?.selectFile(file)}
          >
            {file}
            {plan.readOnly.includes(file) && <span className="sr"> (read-only)</span>}
          </button>
        ))}
        <span className="grow" />
        <span className="note tab-note hide-s" id="tab-note">
          <kbd>Ctrl+M</kbd> {tabFree ? 'lets Tab indent' : 'lets Tab leave'}
        </span>
        <button type="button" className="tab" aria-expanded={asking} onClick={() => setAsking(true)}>
          Reset
        </button>
      </fieldset>
      <EditorNotices plan={plan} asking={asking} onAnswered={answered} />
    </>
  );
}

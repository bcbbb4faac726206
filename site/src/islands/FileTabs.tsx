import { useCallback, useState } from 'react';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { EditorMenu } from './EditorMenu.tsx';
import { EditorNotices } from './EditorNotices.tsx';
import { EditorSettings } from './EditorSettings.tsx';
import { useActions, useExercise } from './use-exercise.ts';

/** The files, editable ones first, and the menu of the editor. */
export function FileTabs({ plan }: { plan: ExercisePlan }) {
  const actions = useActions();
  const front = useExercise(plan, (state) => state.file);
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
      </fieldset>
      <EditorMenu>
        {(close) => (
          <>
            <EditorSettings />
            <button
              type="button"
              className="btn"
              onClick={() => {
                close();
                setAsking(true);
              }}
            >
              Reset
            </button>
          </>
        )}
      </EditorMenu>
      <EditorNotices plan={plan} asking={asking} onAnswered={answered} />
    </>
  );
}

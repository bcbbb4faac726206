import { useState } from 'react';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { useActions, useExercise } from './use-exercise.ts';

/** The files, editable ones first, and Reset. */
export function FileTabs({ plan }: { plan: ExercisePlan }) {
  const actions = useActions();
  const front = useExercise(plan, (state) => state.file);
  const tabFree = useExercise(plan, (state) => state.tabFree);
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
        <Reset />
      </fieldset>
      <Notices plan={plan} />
    </>
  );
}

/** Asks before it restores the starter. */
function Reset() {
  const actions = useActions();
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <button type="button" className="tab" onClick={() => setAsking(true)}>
        Reset
      </button>
    );
  }
  const reset = () => {
    actions?.drafts.reset();
    setAsking(false);
  };
  return (
    <span className="ask">
      <span className="label">Restore the starter?</span>
      <button type="button" className="tab strong" onClick={reset}>
        Reset
      </button>
      {/* biome-ignore lint/a11y/noAutofocus: the question replaces the focused button */}
      <button type="button" className="tab" autoFocus onClick={() => setAsking(false)}>
        Keep
      </button>
    </span>
  );
}

const REPLACED = {
  reset: 'Starter restored.',
  'kept-mine': 'Your text is kept; the other one is set aside.',
  'took-theirs': 'The other text is here; yours is set aside.',
} as const;

/** What happened to the text, and how to undo it. */
function Notices({ plan }: { plan: ExercisePlan }) {
  const actions = useActions();
  const { conflict, aside } = useExercise(plan, (state) => state.drafts);
  const front = useExercise(plan, (state) => state.file);
  const [comparing, setComparing] = useState(false);
  if (conflict) {
    const where = conflict.version === null ? 'in another tab' : 'in another browser';
    return (
      <div className="notice needs" role="alert">
        <p>
          This exercise was also changed {where}, at {new Date(conflict.at).toLocaleTimeString('en-GB')}. Both texts are kept
          until you choose.
        </p>
        <p className="acts">
          <button type="button" className="btn" onClick={() => actions?.drafts.keepMine()}>
            Keep this text
          </button>
          <button type="button" className="btn" onClick={() => actions?.drafts.takeTheirs()}>
            Use the other
          </button>
          <button type="button" className="btn bare" aria-expanded={comparing} onClick={() => setComparing(!comparing)}>
            {comparing ? 'Hide the other' : 'Show the other'}
          </button>
        </p>
        {comparing && <pre className="other">{conflict.files[front] ?? Object.values(conflict.files)[0]}</pre>}
      </div>
    );
  }
  if (!aside) return null;
  return (
    <div className="notice" role="status">
      <span className="label">{REPLACED[aside.why]}</span>
      <button type="button" className="btn bare" onClick={() => actions?.drafts.bringBack()}>
        {aside.why === 'reset' ? 'Undo' : 'Restore it'}
      </button>
      <button type="button" className="btn bare" onClick={() => actions?.drafts.forgetAside()}>
        Dismiss
      </button>
    </div>
  );
}

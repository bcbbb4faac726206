import { useEffect, useRef, useState } from 'react';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { clock } from '../client/words.ts';
import { useActions, useExercise } from './use-exercise.ts';

interface Props {
  plan: ExercisePlan;
  /** Whether Reset has been pressed and waits for an answer. */
  asking: boolean;
  onAnswered: () => void;
}

/** Above the editor, one below the other: that the server is away, the question of Reset, another text, and how to undo. */
export function EditorNotices({ plan, asking, onAnswered }: Props) {
  return (
    <div className="notices">
      <Lost plan={plan} />
      {asking && <ResetQuestion plan={plan} onAnswered={onAnswered} />}
      <OtherText plan={plan} />
    </div>
  );
}

/** What a learner needs to know while the server does not respond. */
function Lost({ plan }: { plan: ExercisePlan }) {
  const actions = useActions();
  const lostAt = useExercise(plan, (state) => state.lostAt);
  const isKept = useExercise(plan, (state) => state.drafts.status.kind !== 'unkept');
  return (
    <div role="alert">
      {lostAt !== null && (
        <div className="notice needs">
          <p>
            <b className="strong">No connection to the server since {clock(lostAt)}.</b>{' '}
            {isKept
              ? 'Your text is kept in this browser and saved when the server is back.'
              : 'This browser stores nothing: copy your text before you close the page.'}{' '}
            Run and Check need the server. The page asks for it every 2 s.{' '}
            <button type="button" className="unfold" onClick={() => void actions?.lookForServer()}>
              Ask now
            </button>
          </p>
        </div>
      )}
    </div>
  );
}

/** Asks before the starter is restored. Whatever else the learner does is an answer too: keep. */
function ResetQuestion({ plan, onAnswered }: Omit<Props, 'asking'>) {
  const actions = useActions();
  const question = useRef<HTMLDivElement>(null);
  const doing = useExercise(plan, (state) => `${state.file} ${state.run.status} ${state.submission.status}`);
  const asked = useRef(doing);
  useEffect(() => {
    if (doing !== asked.current) onAnswered();
  }, [doing, onAnswered]);
  useEffect(() => {
    const elsewhere = ({ target }: Event) => {
      if (!(target instanceof Node) || !question.current?.contains(target)) onAnswered();
    };
    const leave = ({ key }: KeyboardEvent) => key === 'Escape' && onAnswered();
    document.addEventListener('pointerdown', elsewhere);
    document.addEventListener('focusin', elsewhere);
    document.addEventListener('keydown', leave);
    return () => {
      document.removeEventListener('pointerdown', elsewhere);
      document.removeEventListener('focusin', elsewhere);
      document.removeEventListener('keydown', leave);
    };
  }, [onAnswered]);
  const restore = () => {
    actions?.drafts.reset();
    onAnswered();
  };
  return (
    <div className="notice" role="alertdialog" aria-label="Restore the starter?" ref={question}>
      <span className="label">Restore the starter? Your text can be brought back.</span>
      <span className="acts">
        <button type="button" className="btn" onClick={restore}>
          Restore the starter
        </button>
        {/* biome-ignore lint/a11y/noAutofocus: the question follows a press of Reset */}
        <button type="button" className="btn" autoFocus onClick={onAnswered}>
          Keep
        </button>
      </span>
    </div>
  );
}

const REPLACED = {
  reset: 'Starter restored.',
  restored: 'Earlier code restored.',
  'kept-mine': 'Your text is kept; the other one is set aside.',
  'took-theirs': 'The other text is here; yours is set aside.',
} as const;

/** What happened to the text, and how to undo it. */
function OtherText({ plan }: { plan: ExercisePlan }) {
  const actions = useActions();
  const { conflict, aside } = useExercise(plan, (state) => state.drafts);
  const front = useExercise(plan, (state) => state.file);
  const [comparing, setComparing] = useState(false);
  if (conflict) {
    const where = conflict.version === null ? 'in another tab' : 'in another browser';
    return (
      <div className="notice needs" role="alert">
        <p>
          This exercise was also changed {where}, at {clock(conflict.at)}. Both texts are kept until you choose.
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
        {aside.why === 'reset' || aside.why === 'restored' ? 'Undo' : 'Restore it'}
      </button>
      <button type="button" className="btn bare" onClick={() => actions?.drafts.forgetAside()}>
        Dismiss
      </button>
    </div>
  );
}

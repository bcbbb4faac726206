import { maySeeSolution } from '../client/compare-texts.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { CodeText } from './CodeText.tsx';
import { useActions, useExercise } from './use-exercise.ts';

/** Hints one at a time: each opens after a check that follows the one before. */
export function HintLadder({ plan }: { plan: ExercisePlan }) {
  const actions = useActions();
  const { shown, next } = useExercise(plan, (state) => state.hints);
  const isOpen = useExercise(plan, maySeeSolution);
  const problem = useExercise(plan, (state) => state.solutionProblem);
  const count = plan.hints.length;
  return (
    <section className="hints" aria-label="Hints">
      <ol aria-live="polite">
        {plan.hints.slice(0, shown).map((hint, index) => (
          <li key={hint}>
            <span className="note">
              Hint {index + 1} of {count}
            </span>
            <p>
              <CodeText text={hint} />
            </p>
          </li>
        ))}
      </ol>
      {shown < count && (
        <p className="more">
          <button type="button" className="btn" aria-disabled={!next} onClick={() => actions?.showHint()}>
            Show hint {shown + 1} of {count}
          </button>
          <span className="note">{next ? following(shown, count) : `Hint ${shown + 1} opens after your next check.`}</span>
        </p>
      )}
      {(isOpen || (count > 0 && shown === count)) && (
        <p className="more">
          {!isOpen && (
            <span className="note">
              You have used all hints. Seeing the solution is recorded for this lesson; your code stays as it is. Show it?
            </span>
          )}
          <button type="button" className="btn" onClick={() => void (isOpen ? actions?.showSolution() : actions?.askSolution())}>
            {isOpen ? 'Show one solution' : 'Show the solution'}
          </button>
        </p>
      )}
      {problem && (
        <p className="note" role="alert">
          The solution cannot be shown: {problem.message} {problem.hint}
        </p>
      )}
    </section>
  );
}

function following(shown: number, count: number): string {
  return shown + 1 < count ? `Hint ${shown + 2} opens after your next check.` : 'This is the last hint.';
}

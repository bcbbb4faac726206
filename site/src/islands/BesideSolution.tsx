import { useEffect, useId } from 'react';
import { SOLUTION, type TextKey, textOf } from '../client/compare-texts.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { FilesDiff } from './FilesDiff.tsx';
import { useActions, useExercise } from './use-exercise.ts';

interface Props {
  plan: ExercisePlan;
  /** Whose text is compared, and what it is called. */
  of: TextKey;
  name: string;
}

/** A program of the learner beside one solution. */
export function BesideSolution({ plan, of, name }: Props) {
  const id = useId();
  const actions = useActions();
  const state = useExercise(plan, (all) => all);
  const mine = textOf(state, actions?.drafts.files() ?? {}, of);
  const solution = textOf(state, {}, SOLUTION);
  const isAway = state.lostAt !== null;
  useEffect(() => {
    if (isAway) return;
    void actions?.needText(of);
    void actions?.needText(SOLUTION);
  }, [actions, of, isAway]);
  return (
    <section className="beside" aria-labelledby={id}>
      <div className="hd">
        <h2 id={id}>Your program beside one solution</h2>
        <span className="note">One solution, not the only one.</span>
      </div>
      {mine && solution ? (
        <FilesDiff
          names={plan.editable}
          before={{ files: mine, is: name, says: 'only in yours' }}
          after={{ files: solution, is: 'One solution', says: 'only in the solution' }}
        />
      ) : (
        <p className="note">
          {state.solutionProblem
            ? `The solution cannot be shown: ${state.solutionProblem.message} ${state.solutionProblem.hint}`
            : 'Reading the solution.'}
        </p>
      )}
    </section>
  );
}

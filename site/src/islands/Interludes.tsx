import { EDITOR } from '../client/compare-texts.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { clockMinutes } from '../client/words.ts';
import { BesideSolution } from './BesideSolution.tsx';
import { Interlude } from './Interlude.tsx';
import { PassedPage } from './PassedPage.tsx';
import { useExercise } from './use-exercise.ts';

/** What can take the place of the workspace for a moment. */
export function Interludes({ plan }: { plan: ExercisePlan }) {
  const interlude = useExercise(plan, (state) => state.interlude);
  const passing = useExercise(plan, (state) => state.passing);
  if (interlude === 'solution') {
    return (
      <Interlude label="One solution">
        <SolutionPage plan={plan} />
      </Interlude>
    );
  }
  if (interlude !== 'passed' || !passing) return null;
  return (
    <Interlude label="This lesson is passed">
      <PassedPage plan={plan} passing={passing} />
    </Interlude>
  );
}

function SolutionPage({ plan }: { plan: ExercisePlan }) {
  const askedAt = useExercise(plan, (state) => state.solution?.askedAt ?? null);
  return (
    <div className="alone">
      <h1>One solution</h1>
      <p className="lead">
        Your code stays as it is.
        {askedAt !== null && ` That you asked for it, at ${clockMinutes(Date.parse(askedAt))}, is recorded for this lesson.`}
      </p>
      <BesideSolution plan={plan} of={EDITOR} name="Yours, in the editor" />
    </div>
  );
}

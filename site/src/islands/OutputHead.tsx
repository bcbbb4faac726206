import type { ExercisePlan } from '../client/exercise-plan.ts';
import { isRunUnderWay } from '../client/run-state.ts';
import { endOfRun } from '../client/words.ts';
import { Mark } from './Mark.tsx';
import { RunHeading } from './RunHeading.tsx';
import { useExercise } from './use-exercise.ts';
import { useNow } from './use-now.ts';

/** What stays of the output when it is folded: the run, its state, and why it failed. */
export function OutputHead({ plan }: { plan: ExercisePlan }) {
  const run = useExercise(plan, (state) => state.run);
  const limits = useExercise(plan, (state) => state.limits);
  const now = useNow(isRunUnderWay(run));
  const end = run.status === 'finished' && run.result ? endOfRun(run.result) : null;
  const why = run.cause?.message ?? run.error ?? run.problem?.message;
  return (
    <>
      <RunHeading run={run} now={now} limits={limits} end={end} />
      {why && (
        <p className="fold-line">
          <Mark kind="fail" />
          <span>{why}</span>
        </p>
      )}
    </>
  );
}

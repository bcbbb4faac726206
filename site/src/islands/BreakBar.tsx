import { breakOffers } from '../client/break-words.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { useActions, useExercise } from './use-exercise.ts';
import { useNow } from './use-now.ts';

interface Props {
  plan: ExercisePlan;
  /** The statement whose job is in front; null where there is none. */
  statement?: number | null;
  /** The topic in front. */
  topic?: string | null;
}

/** Break it: what can be done to the run that is going on. The buttons stay where they are while nothing runs. */
export function BreakBar({ plan, statement = null, topic = null }: Props) {
  const actions = useActions();
  const run = useExercise(plan, (state) => state.run);
  const jobs = useExercise(plan, (state) => state.lens.jobs.jobs);
  const isPaused = run.status === 'running' && run.breaks.some(({ kind }) => kind === 'pause');
  const now = useNow(isPaused);
  const offers = breakOffers(plan, { run, jobs, statement, topic, now });
  return (
    <fieldset className="brk" aria-label="Break it">
      <span className="label" aria-hidden="true">
        Break it:
      </span>
      {offers.map(({ kind, words, says, request }) => (
        <button
          key={kind}
          type="button"
          className="btn"
          data-break={kind}
          title={says}
          // Not `disabled`: who has just pressed it keeps the focus.
          aria-disabled={request === null}
          onClick={() => request && void actions?.breakIt(request)}
        >
          {words}
        </button>
      ))}
    </fieldset>
  );
}

/** Why the last one was refused. */
export function BreakProblem({ plan }: { plan: ExercisePlan }) {
  const problem = useExercise(plan, (state) => state.breakProblem);
  if (!problem) return null;
  return (
    <p className="note lensnote">
      <b className="strong">Not broken.</b> {problem.message} {problem.hint}
    </p>
  );
}

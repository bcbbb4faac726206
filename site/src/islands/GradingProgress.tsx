import { counted } from '#lessons/counted.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { isGradingUnderWay, type SubmissionView } from '../client/submission-state.ts';
import { waitingInWords } from '../client/waiting-words.ts';
import { clock, waited } from '../client/words.ts';
import { CheckItem } from './CheckItem.tsx';
import { Mark } from './Mark.tsx';
import { useActions, useExercise } from './use-exercise.ts';
import { useNow } from './use-now.ts';

/** The checks before there is a report: what will be judged, then the results so far. */
export function GradingProgress({ plan }: { plan: ExercisePlan }) {
  const submission = useExercise(plan, (state) => state.submission);
  const actions = useActions();
  const lost = useExercise(plan, (state) => state.lostAt !== null);
  const underWay = isGradingUnderWay(submission);
  const now = useNow(underWay);
  const known = new Map(submission.checks.map((check) => [check.id, check]));
  const judging = submission.status === 'grading' && submission.awaiting === null;
  const current = judging ? plan.checks.find(({ id }) => !known.has(id))?.id : undefined;
  return (
    <>
      <p className="sum">
        <b className="strong">{underWay ? awaited(submission, plan.rounds, lost) : counted(plan.checks.length, 'check')}</b>
        <span className="note">
          {underWay ? now > 0 && `for ${waited(submission.since, now)}` : 'of the records on the log, with fresh data'}
        </span>
        {lost && submission.status === 'sending' && (
          <button type="button" className="btn bare" onClick={() => actions?.giveUpCheck()}>
            Do not send it
          </button>
        )}
      </p>
      {plan.checks.map((check) => {
        const result = known.get(check.id);
        if (result) return <CheckItem key={check.id} plan={plan} check={result} open={false} />;
        return (
          <div className="check" key={check.id}>
            <Mark kind={check.id === current ? 'run' : 'open'} />
            <span className={check.id === current ? 'strong' : undefined}>{check.title}</span>
          </div>
        );
      })}
    </>
  );
}

function awaited({ status, since, position, awaiting, round }: SubmissionView, rounds: number, lost: boolean): string {
  if (status === 'sending')
    return lost ? `Waiting for the server, then sent once, as it was at ${clock(since)}` : 'Sending the program';
  if (lost) return 'Waiting for the server: the check goes on there';
  if (awaiting !== null) return `Waiting for ${waitingInWords(awaiting)}`;
  if (status === 'grading') return round === null ? 'Judging' : `Judging round ${round} of ${rounds}`;
  return position === null || position <= 1 ? 'Next in the queue' : `Position ${position} in the queue`;
}

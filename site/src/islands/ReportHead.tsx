import { attemptsLeft } from '../client/attempts.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { isGradingUnderWay } from '../client/submission-state.ts';
import { Mark } from './Mark.tsx';
import { useActions, useExercise } from './use-exercise.ts';
import { useNow } from './use-now.ts';

/** What stays of the report when it is folded: how many checks passed, attempts left, the first failure, and the way to earlier checks. */
export function ReportHead({ plan }: { plan: ExercisePlan }) {
  const actions = useActions();
  const submission = useExercise(plan, (state) => state.submission);
  const attempts = useExercise(plan, (state) => state.attempts);
  const results = useExercise(plan, (state) => state.results);
  const earlier = useExercise(plan, (state) => state.earlier.length + state.drafts.kept.length);
  const now = useNow(attempts !== null && attempts.left <= 3);
  const { words: left } = attemptsLeft(attempts, now);
  const checks = submission.report?.checks ?? [];
  const failed = checks.find(({ status }) => status === 'fail');
  const passed = checks.filter(({ status }) => status === 'pass').length;
  return (
    <>
      <span className="note passed-count">
        {isGradingUnderWay(submission) ? 'checking' : checks.length > 0 && `${passed} of ${checks.length} passed`}
      </span>
      {left && <span className="note left">{left}</span>}
      <span className="grow" />
      <button type="button" className="tab" onClick={() => actions?.showResults(results === 'earlier' ? 'report' : 'earlier')}>
        {results === 'earlier' ? (
          'Back to the last check'
        ) : (
          <>Earlier checks {earlier > 0 && <span className="data">{earlier}</span>}</>
        )}
      </button>
      {failed && (
        <p className="fold-line">
          <Mark kind="fail" />
          <span>{failed.title}</span>
        </p>
      )}
    </>
  );
}

import type { ExercisePlan } from '../client/exercise-plan.ts';
import { EarlierChecks } from './EarlierChecks.tsx';
import { GradingProgress } from './GradingProgress.tsx';
import { ReportView } from './ReportView.tsx';
import { ScrollRegion } from './ScrollRegion.tsx';
import { useActions, useExercise } from './use-exercise.ts';

/** The report of the last check, and the earlier ones. */
export function ReportPanel({ plan }: { plan: ExercisePlan }) {
  const actions = useActions();
  const tab = useExercise(plan, (state) => state.results);
  const refusal = useExercise(plan, (state) => state.refusal);
  const submission = useExercise(plan, (state) => state.submission);
  const earlier = useExercise(plan, (state) => state.earlier.length + state.drafts.kept.length);
  return (
    <section className="report" id="report" aria-label="Results">
      <fieldset className="tabs" aria-label="Results">
        <button type="button" className="tab" aria-current={tab === 'report'} onClick={() => actions?.showResults('report')}>
          Report
        </button>
        <button type="button" className="tab" aria-current={tab === 'earlier'} onClick={() => actions?.showResults('earlier')}>
          Earlier checks {earlier > 0 && <span className="data">{earlier}</span>}
        </button>
      </fieldset>
      <ScrollRegion className="report-body" label={tab === 'report' ? 'Report' : 'Earlier checks'}>
        {tab === 'earlier' && <EarlierChecks plan={plan} />}
        {tab === 'report' && refusal && (
          <p className="sum fault" role="alert">
            Not checked: {refusal.message} {refusal.hint} No attempt was used.
          </p>
        )}
        {tab === 'report' &&
          (submission.report ? (
            <ReportView key={submission.report.submissionId} plan={plan} report={submission.report} />
          ) : (
            <GradingProgress plan={plan} />
          ))}
      </ScrollRegion>
    </section>
  );
}

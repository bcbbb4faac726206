import type { ExercisePlan } from '../client/exercise-plan.ts';
import { EarlierChecks } from './EarlierChecks.tsx';
import { GradingProgress } from './GradingProgress.tsx';
import { ReportView } from './ReportView.tsx';
import { ScrollRegion } from './ScrollRegion.tsx';
import { useExercise } from './use-exercise.ts';

/** The body of the report: of the last check, or the earlier ones. */
export function ReportPanel({ plan }: { plan: ExercisePlan }) {
  const tab = useExercise(plan, (state) => state.results);
  const refusal = useExercise(plan, (state) => state.refusal);
  const submission = useExercise(plan, (state) => state.submission);
  return (
    <ScrollRegion className="report-body" label={tab === 'report' ? 'Report' : 'Earlier checks'}>
      {tab === 'earlier' && <EarlierChecks plan={plan} />}
      {tab === 'report' && refusal && (
        <p className="sum fault">
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
  );
}

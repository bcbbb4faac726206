import { useState } from 'react';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { EarlierChecks } from './EarlierChecks.tsx';
import { GradingProgress } from './GradingProgress.tsx';
import { ReportView } from './ReportView.tsx';
import { ScrollRegion } from './ScrollRegion.tsx';
import { useExercise } from './use-exercise.ts';

/** The report of the last check, and the earlier ones. */
export function ReportPanel({ plan }: { plan: ExercisePlan }) {
  const [tab, setTab] = useState<'report' | 'earlier'>('report');
  const submission = useExercise(plan, (state) => state.submission);
  const earlier = useExercise(plan, (state) => state.earlier.length);
  return (
    <section className="report" id="report" aria-label="Results">
      <fieldset className="tabs" aria-label="Results">
        <button type="button" className="tab" aria-current={tab === 'report'} onClick={() => setTab('report')}>
          Report
        </button>
        <button type="button" className="tab" aria-current={tab === 'earlier'} onClick={() => setTab('earlier')}>
          Earlier checks {earlier > 0 && <span className="data">{earlier}</span>}
        </button>
      </fieldset>
      <ScrollRegion className="report-body" label={tab === 'report' ? 'Report' : 'Earlier checks'}>
        {tab === 'earlier' && <EarlierChecks plan={plan} />}
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

import type { Report } from '#sandbox/protocol/report.ts';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { passedInWords } from '../client/passed-words.ts';
import { clockMinutes } from '../client/words.ts';
import { useActions, useExercise } from './use-exercise.ts';

/** Above a report that passed: that it is, by which effort, and the way on. */
export function PassedSummary({ plan, report }: { plan: ExercisePlan; report: Report }) {
  const actions = useActions();
  const earlier = useExercise(plan, (state) => state.earlier);
  const startedAt = useExercise(plan, (state) => state.progress?.startedAt ?? null);
  const next = useExercise(plan, (state) => state.next);
  const lesson = next?.kind === 'lesson' ? { href: `/lessons/${next.lesson.id}/`, title: next.lesson.name } : null;
  const onward = next?.kind === 'done' ? null : (lesson ?? plan.next);
  return (
    <div className="passed">
      <h2>Passed at {clockMinutes(Date.parse(report.phases.graded))}</h2>
      <p className="lead">{passedInWords(report, earlier, startedAt)}</p>
      <p className="onward">
        <a className="btn main" href={onward?.href ?? '/'}>
          {onward?.title ?? 'All lessons'} <span aria-hidden="true">→</span>
        </a>
        <button type="button" className="btn" onClick={() => void actions?.showPassed()}>
          Compare with a solution
        </button>
        {next?.kind === 'done' && <span className="note">You have passed every lesson.</span>}
      </p>
      <h3>What was proven</h3>
    </div>
  );
}

import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { JobLens } from './JobLens.tsx';
import { Lens } from './Lens.tsx';
import { useActions, useExercise } from './use-exercise.ts';

/** The lens of a Flink SQL exercise: the job, its plan, or the records on the log. Evidence of a check is on the log. */
export function FlinkLens({ plan }: { plan: ExercisePlan }) {
  const actions = useActions();
  const hasEvidence = useExercise(plan, (state) => state.lens.evidence !== null);
  const [view, setView] = useState<'job' | 'plan' | 'log'>('job');
  const picked = useExercise(plan, (state) => state.lens.jobs.picked);
  const frame = useRef<HTMLDivElement>(null);
  const switched = useRef(false);
  const shown = hasEvidence ? 'log' : view;

  useEffect(() => {
    if (picked) setView('job');
  }, [picked]);

  useLayoutEffect(() => {
    // The switch replaces the tabs, so the new one takes the focus.
    if (switched.current) frame.current?.querySelector<HTMLElement>(`[data-view="${shown}"]`)?.focus();
    switched.current = false;
  }, [shown]);

  function show(next: 'job' | 'plan' | 'log') {
    switched.current = true;
    setView(next);
    actions?.closeEvidence();
  }

  return (
    <div className="flinklens" ref={frame}>
      {shown === 'log' ? <Lens plan={plan} onJob={() => show('job')} /> : <JobLens plan={plan} view={shown} onView={show} />}
    </div>
  );
}

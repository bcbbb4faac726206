import { useLayoutEffect, useRef, useState } from 'react';
import type { ExercisePlan } from '../client/exercise-plan.ts';
import { JobLens } from './JobLens.tsx';
import { Lens } from './Lens.tsx';
import { useActions, useExercise } from './use-exercise.ts';

/** The lens of a Flink SQL exercise: the job, or the records on the log. Evidence of a check is on the log. */
export function FlinkLens({ plan }: { plan: ExercisePlan }) {
  const actions = useActions();
  const hasEvidence = useExercise(plan, (state) => state.lens.evidence !== null);
  const [view, setView] = useState<'job' | 'log'>('job');
  const frame = useRef<HTMLDivElement>(null);
  const switched = useRef(false);
  const shown = hasEvidence ? 'log' : view;

  useLayoutEffect(() => {
    // The switch replaces the tabs, so the new one takes the focus.
    if (switched.current) frame.current?.querySelector<HTMLElement>(`[data-view="${shown}"]`)?.focus();
    switched.current = false;
  }, [shown]);

  function show(next: 'job' | 'log') {
    switched.current = true;
    setView(next);
    actions?.closeEvidence();
  }

  return (
    <div className="flinklens" ref={frame}>
      {shown === 'log' ? <Lens plan={plan} onJob={() => show('job')} /> : <JobLens plan={plan} onLog={() => show('log')} />}
    </div>
  );
}

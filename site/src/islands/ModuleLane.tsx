import type { ExercisePlan } from '../client/exercise-plan.ts';
import { moduleLane } from '../client/module-lane.ts';
import { useActions, useExercise } from './use-exercise.ts';

/** The module as a lane of lessons; the record of the one that has just been passed lands on it. */
export function ModuleLane({ plan, isNews }: { plan: ExercisePlan; isNews: boolean }) {
  const actions = useActions();
  const passed = useExercise(plan, (state) => state.passedLessons);
  const next = useExercise(plan, (state) => state.next);
  const follower = next?.kind === 'lesson' ? next.lesson.id : null;
  const places = moduleLane(actions?.course() ?? [], { lesson: plan.lesson, passed, next: follower });
  return (
    <ol className="module-lane" aria-label="Lessons of this module">
      {places.map(({ id, number, short, name, state }) => (
        <li key={id} data-place={state} className={isNews && state === 'just-passed' ? 'landing' : undefined}>
          <b aria-hidden="true">
            {state === 'just-passed' ? (
              <svg viewBox="0 0 30 30" aria-hidden="true">
                <path d="M8 15.5l5 5 9.5-10.5" fill="none" stroke="var(--paper)" strokeWidth="2.4" />
              </svg>
            ) : (
              number
            )}
          </b>
          <span aria-hidden="true">{short}</span>
          <span className="sr">
            {name}
            {STATES[state]}
          </span>
        </li>
      ))}
    </ol>
  );
}

const STATES = { passed: ', passed', 'just-passed': ', this lesson, passed', next: ', next', left: '' } as const;

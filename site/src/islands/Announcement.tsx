import type { ExercisePlan } from '../client/exercise-plan.ts';
import { useExercise } from './use-exercise.ts';

/** For a screen reader: what has just ended. Outside all panes, for a pane that is not shown is not read. */
export function Announcement({ plan }: { plan: ExercisePlan }) {
  return (
    <span className="sr" role="status">
      {useExercise(plan, (state) => state.announcement)}
    </span>
  );
}

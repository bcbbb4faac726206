import type { ExerciseState } from '../exercise-state.ts';
import type { Exercise } from '../exercise-store.ts';
import type { Half } from './pane-moves.ts';
import type { Pane } from './pane-setup.ts';
import type { Panes } from './panes.ts';

/** Opens what has news, and brings to the front what the learner has asked for. */
export function followNews(panes: Panes, exercise: Exercise): void {
  let before = exercise.get();
  exercise.subscribe(() => {
    const now = exercise.get();
    const half = halfWithNews(before, now);
    const front = paneAskedFor(before, now, panes.room());
    before = now;
    if (half) panes.tell(half);
    if (front) open(panes, front);
  });
  exercise.onReveal(() => open(panes, 'code'));
}

/** Opens a pane and brings it to the front. */
export function open(panes: Panes, pane: Pane): void {
  panes.set({ folded: panes.get().folded.filter((one) => one !== pane), shown: pane });
}

/** Returns the half of the results in which the learner has begun something: a run, a check, a look at an earlier one. */
export function halfWithNews(before: ExerciseState, now: ExerciseState): Half | null {
  if (now.submission.status === 'sending' && before.submission.status !== 'sending') return 'report';
  if (now.refusal !== null && now.refusal !== before.refusal) return 'report';
  if (now.results !== before.results) return 'report';
  return now.run.status === 'sending' && before.run.status !== 'sending' ? 'output' : null;
}

/** Returns what the learner has asked to see, where not all can be seen: the verdict of a check, the records of a finding, a run. */
function paneAskedFor(before: ExerciseState, now: ExerciseState, room: ReturnType<Panes['room']>): Pane | null {
  if (now.lens.evidence !== null && now.lens.evidence !== before.lens.evidence) return 'lens';
  const half = halfWithNews(before, now);
  // With two panes, code and lens stay beside each other: the records are what a run is for.
  return half === 'output' && room === 'two' ? null : half;
}

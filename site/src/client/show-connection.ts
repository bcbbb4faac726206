import type { Exercise } from './exercise-store.ts';
import { watchSandboxState } from './sandbox-state.ts';

/** Says in the bar that there is no connection: what it said of services before may no longer be so. */
export function showConnection(exercise: Exercise): void {
  const slot = document.getElementById('sandbox-state');
  if (!slot) return;
  let wasLost = false;
  exercise.subscribe(() => {
    const isLost = exercise.get().lostAt !== null;
    if (isLost === wasLost) return;
    wasLost = isLost;
    if (!isLost) return void watchSandboxState(slot);
    slot.dataset.state = 'failed';
    slot.textContent = 'no connection';
  });
}

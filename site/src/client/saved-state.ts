import type { DraftStatus } from './drafts/draft-view.ts';
import type { Exercise } from './exercise-store.ts';
import { clock } from './words.ts';

/** Shows in the bar where the draft is stored. */
export function showSavedState(exercise: Exercise): void {
  const slot = document.getElementById('saved-at');
  if (!slot) return;
  const show = () => {
    const words = savedInWords(exercise.get().drafts.status);
    if (slot.textContent !== words) slot.textContent = words;
  };
  exercise.subscribe(show);
  show();
}

/** Returns `saved 14:02:31`, `kept in this browser` or `not saved: …`. */
export function savedInWords(status: DraftStatus): string {
  switch (status.kind) {
    case 'untouched':
      return '';
    case 'saved':
      return `saved ${clock(status.at)}`;
    case 'kept':
      return status.problem && status.problem.code !== 'OFFLINE'
        ? `kept in this browser, not saved: ${status.problem.message}`
        : 'kept in this browser';
    case 'unkept':
      return `not saved: ${status.problem?.message ?? 'this browser stores nothing'}`;
  }
}

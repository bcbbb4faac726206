import type { Exercise } from './exercise-store.ts';
import { passedAtInWords } from './passed-words.ts';

/** Shows in the bar when the lesson was passed; a press shows how. */
export function showPassed(exercise: Exercise): void {
  const button = document.getElementById('passed-at');
  if (!button) return;
  const show = () => {
    const { progress, passing } = exercise.get();
    const at = progress?.passedAt ?? passing?.report.phases.graded ?? null;
    button.hidden = at === null;
    const words = at === null ? '' : passedAtInWords(Date.parse(at), Date.now());
    if (button.textContent !== words) button.textContent = words;
  };
  button.addEventListener('click', () => void exercise.showPassed());
  exercise.subscribe(show);
  show();
}

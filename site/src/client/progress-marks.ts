/** Marks the passed lessons on a lesson's ruler. */
import type { Progress } from '#sandbox/protocol/submission.ts';
import { getJson } from './api/get-json.ts';

/** Does nothing when no server responds. */
export async function markPassedLessons(): Promise<void> {
  const progress = await getJson<Progress>('/api/progress');
  for (const { lesson, state } of progress?.lessons ?? []) {
    if (state !== 'passed') continue;
    for (const element of document.querySelectorAll<HTMLElement>(`[data-lesson="${lesson}"]`)) {
      element.dataset.state = 'passed';
      for (const word of element.querySelectorAll('[data-state-word]')) word.textContent = ', passed';
    }
  }
}

import type { Exercise } from './exercise-store.ts';
import { isGradingUnderWay } from './submission-state.ts';

/** Puts the state of the last check on the dock's link to the report; CSS draws it. */
export function showDockMark(exercise: Exercise): void {
  const link = document.querySelector<HTMLAnchorElement>('.dock a[href="#report"]');
  if (!link) return;
  const show = () => {
    const { submission } = exercise.get();
    const state = isGradingUnderWay(submission) ? 'running' : submission.report?.status;
    if (link.dataset.report === state) return;
    if (state) link.dataset.report = state;
    else delete link.dataset.report;
    link.setAttribute('aria-label', state ? `Report: ${WORDS[state]}` : 'Report');
  };
  exercise.subscribe(show);
  show();
}

const WORDS = { running: 'checking', pass: 'passed', fail: 'failed', error: 'Streamwright error' } as const;

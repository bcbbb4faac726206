import type { ExerciseState } from './exercise-state.ts';
import type { Exercise } from './exercise-store.ts';
import { isRunUnderWay } from './run-state.ts';
import { isGradingUnderWay } from './submission-state.ts';

const WORDS = { running: 'running', checking: 'checking', pass: 'passed', fail: 'failed', error: 'Streamwright error' } as const;
type DockMark = keyof typeof WORDS;

/** Puts the state of the last run and the last check on the dock's links to output and report; CSS draws it. */
export function showDockMarks(exercise: Exercise): void {
  const links = [
    { name: 'Output', link: dockLink('#output'), markOf: outputMark },
    { name: 'Report', link: dockLink('#report'), markOf: reportMark },
  ];
  const show = () => {
    for (const { name, link, markOf } of links) {
      const mark = markOf(exercise.get());
      if (!link || link.dataset.mark === mark) continue;
      if (mark) link.dataset.mark = mark;
      else delete link.dataset.mark;
      link.setAttribute('aria-label', mark ? `${name}: ${WORDS[mark]}` : name);
    }
  };
  exercise.subscribe(show);
  show();
}

function dockLink(hash: string): HTMLAnchorElement | null {
  return document.querySelector(`.dock a[href="${hash}"]`);
}

/** Returns what the output has to show; nothing when a run ended well. */
export function outputMark({ run }: ExerciseState): DockMark | undefined {
  if (isRunUnderWay(run)) return 'running';
  if (run.status === 'error') return 'error';
  if (run.status === 'refused') return 'fail';
  if (run.status !== 'finished' || !run.result) return undefined;
  const { result } = run;
  const isWell = result.kind === 'exited' ? result.exitCode === 0 : result.kind === 'sql-finished' || result.kind === 'cancelled';
  return isWell ? undefined : 'fail';
}

export function reportMark({ submission }: ExerciseState): DockMark | undefined {
  return isGradingUnderWay(submission) ? 'checking' : submission.report?.status;
}

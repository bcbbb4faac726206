import type { Exercise } from './exercise-store.ts';

/** Puts the learner's files on paper, whole: Monaco draws the lines in view, and the field one file. */
export function putFilesOnPaper({ plan, drafts }: Pick<Exercise, 'plan' | 'drafts'>): void {
  const place = document.getElementById('on-paper');
  if (!place) return;
  const write = () =>
    place.replaceChildren(...plan.editable.flatMap((name) => [heading(name), text(drafts.files()[name] ?? '')]));
  window.addEventListener('beforeprint', write);
  // A preview of the page as it would be printed tells only this.
  matchMedia('print').addEventListener('change', ({ matches }) => matches && write());
}

function heading(name: string): HTMLElement {
  const element = document.createElement('h2');
  element.textContent = name;
  return element;
}

function text(content: string): HTMLElement {
  const element = document.createElement('pre');
  element.textContent = content;
  return element;
}

import { pathStep } from '../map/path-step.ts';

/** Lets the arrow keys move the focus along the lanes of the map, and between them. Enter opens, as it does for every link. */
export function moveAlongPath(): void {
  const lanes = [...document.querySelectorAll('[data-lane]')].map((lane) => [
    ...lane.querySelectorAll<HTMLElement>('[data-lesson]'),
  ]);
  const ids = lanes.map((lane) => lane.map(({ dataset }) => dataset.lesson ?? ''));
  document.querySelector<HTMLElement>('[data-map]')?.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const from = event.target instanceof HTMLElement ? event.target.dataset.lesson : undefined;
    const to = from === undefined ? null : pathStep(ids, from, event.key);
    if (to === null) return;
    event.preventDefault();
    lanes
      .flat()
      .find(({ dataset }) => dataset.lesson === to)
      ?.focus();
  });
}

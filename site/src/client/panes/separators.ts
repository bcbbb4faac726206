import type { Panes } from './panes.ts';
import { sizeAfterDrag, sizeAfterKey } from './separator-move.ts';

/** Lets pointers and keys move the borders between panes, and tells their values. */
export function listenAtSeparators(panes: Panes, separators: Iterable<HTMLElement>): void {
  for (const separator of separators) listenAt(panes, separator);
}

function listenAt(panes: Panes, separator: HTMLElement): void {
  const { track = '', grows = '' } = separator.dataset;
  const isVertical = separator.getAttribute('aria-orientation') === 'vertical';
  const sign = grows === 'ArrowRight' || grows === 'ArrowDown' ? 1 : -1;
  const pane = () => {
    const placed = panes.placed()[track];
    return placed?.state === 'sized' ? placed : null;
  };
  const resize = (size: number | 'design') => {
    const { [track]: _, ...others } = panes.get().sizes;
    panes.set({ sizes: size === 'design' ? others : { ...others, [track]: size } });
  };
  const show = () => {
    const sized = pane();
    separator.tabIndex = sized ? 0 : -1;
    separator.toggleAttribute('data-fixed', !sized);
    if (!sized) return;
    separator.setAttribute('aria-valuemin', String(sized.min));
    separator.setAttribute('aria-valuemax', String(sized.max));
    separator.setAttribute('aria-valuenow', String(sized.size));
  };
  panes.subscribe(show);
  show();

  separator.addEventListener('keydown', (event) => {
    const sized = pane();
    if (!sized || event.ctrlKey || event.altKey || event.metaKey) return;
    const size = sizeAfterKey(event, sized, grows);
    if (size === null) return;
    event.preventDefault();
    resize(size);
  });
  separator.addEventListener('dblclick', () => {
    if (pane()) resize('design');
  });
  separator.addEventListener('pointerdown', (event) => {
    const start = pane();
    if (!start || event.button !== 0) return;
    const at = (moved: PointerEvent) => (isVertical ? moved.clientX : moved.clientY);
    const from = at(event);
    const drag = (moved: PointerEvent) => resize(sizeAfterDrag(start, (at(moved) - from) * sign));
    const end = () => {
      separator.removeEventListener('pointermove', drag);
      delete separator.dataset.dragged;
    };
    // Captured, so that no pane below sees the pointer while it drags.
    separator.setPointerCapture(event.pointerId);
    separator.dataset.dragged = '';
    separator.addEventListener('pointermove', drag);
    separator.addEventListener('lostpointercapture', end, { once: true });
  });
}

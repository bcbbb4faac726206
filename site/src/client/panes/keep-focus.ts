/**
 * Keeps the focus near its place when its element goes or is disabled, as a question does that was answered. A browser would give it to the
 * page, so that the next Tab began at the top and a screen reader lost its place.
 */
import { TAKES_FOCUS } from './pane-focus.ts';
import { PANES } from './pane-setup.ts';

const FOCUSABLE = 'button:enabled, a[href], input:enabled, select:enabled, textarea:enabled, [tabindex="0"]';

export function keepFocus(): void {
  /** The element that had the focus last, and what it was in. */
  let path: Element[] = [];
  document.addEventListener('focusin', ({ target }) => {
    path = target instanceof Element ? pathOf(target) : [];
  });
  // A press beside everything gives the focus away on purpose.
  document.addEventListener('pointerdown', () => {
    path = [];
  });
  new MutationObserver(() => {
    const [last] = path;
    if (!last || document.activeElement !== document.body) return;
    if (last.isConnected && !last.matches(':disabled')) return;
    nextTo(path)?.focus({ preventScroll: true });
  }).observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] });
}

function pathOf(element: Element): Element[] {
  const path: Element[] = [];
  for (let one: Element | null = element; one; one = one.parentElement) path.push(one);
  return path;
}

/** The first element that can have the focus in the closest of what is left, else what takes it in the pane. */
function nextTo(path: readonly Element[]): HTMLElement | undefined {
  for (const place of path.filter(({ isConnected }) => isConnected)) {
    const pane = PANES.find((name) => place.matches(`[data-pane="${name}"]`));
    const within = pane
      ? document.querySelectorAll<HTMLElement>(TAKES_FOCUS[pane])
      : place.querySelectorAll<HTMLElement>(FOCUSABLE);
    const found = [...within].find((one) => one.checkVisibility());
    if (found) return found;
  }
  return undefined;
}

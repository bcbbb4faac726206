import { PANES, type Pane } from './pane-setup.ts';
import { isSeen, type Panes } from './panes.ts';

/** What takes the focus in each pane. */
export const TAKES_FOCUS: Record<Pane, string> = {
  text: '#text',
  // Monaco types into the one or the other, by browser; another textarea of its takes no keys.
  code: '[data-shows="monaco"] .monaco :is(.native-edit-context, textarea.inputarea), .editor:not([data-shows]) .field-text',
  output: '#output-body [tabindex="0"]',
  report: '#report-body [tabindex="0"]',
  lens: '[data-pane="lens"]',
};

export function focusPane(panes: Panes, pane: Pane): void {
  const selector = isSeen(panes, pane) ? TAKES_FOCUS[pane] : `[data-fold="${pane}"]`;
  document.querySelector<HTMLElement>(selector)?.focus();
}

/** Returns the pane that holds the focus. */
export function paneInFocus(): Pane | null {
  const { activeElement } = document;
  return PANES.find((pane) => activeElement?.closest(`[data-pane="${pane}"]`)) ?? null;
}

/**
 * Returns the pane that F6 goes to.
 *
 * @param seen panes to go round, in order
 * @param step 1 forward, -1 back
 */
export function paneAround(seen: readonly Pane[], from: Pane | null, step: 1 | -1): Pane | undefined {
  const at = from === null ? -1 : seen.indexOf(from);
  if (at < 0) return step === 1 ? seen[0] : seen.at(-1);
  return seen[(at + step + seen.length) % seen.length];
}

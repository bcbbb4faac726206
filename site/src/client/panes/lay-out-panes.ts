import type { PaneSetup, PanesState } from './pane-setup.ts';
import type { placePanes } from './place-panes.ts';

/**
 * Writes the sizes of the panes as CSS variables, and what is folded and shown as attributes; the style sheet does the layout. The page
 * carries the function's source text, so it may use nothing outside itself and its arguments.
 *
 * @returns where the panes lie, by name of the track; empty where one pane is shown at a time
 */
export function layOutPanes(
  frame: HTMLElement,
  { place, setup, state }: { place: typeof placePanes; setup: PaneSetup; state: Omit<PanesState, 'both'> },
): Record<string, ReturnType<typeof placePanes>[number]> {
  frame.dataset.folded = state.folded.join(' ');
  frame.dataset.shown = state.shown;
  const width = document.documentElement.clientWidth;
  const axes = setup.arrangements.find(({ from }) => width >= from)?.axes ?? [];
  const space = { width: frame.clientWidth, height: frame.clientHeight };
  const placed = axes.flatMap((axis) => place(axis, space[axis.along], state));
  for (const { name, size } of placed) frame.style.setProperty(`--pane-${name}`, `${size}px`);
  return Object.fromEntries(placed.map((pane) => [pane.name, pane]));
}

/** Connects the panes of the page to keys, pointers, the dock and what the exercise does. */
import type { Exercise } from '../exercise-store.ts';
import { followNews } from './news.ts';
import { listenAtPaneButtons } from './pane-buttons.ts';
import { listenForPaneKeys } from './pane-keys.ts';
import type { PaneSetup } from './pane-setup.ts';
import { openPanes } from './panes.ts';
import { listenAtSeparators } from './separators.ts';

export function startPanes(exercise: Exercise): void {
  const frame = document.querySelector<HTMLElement>('.frame');
  const setup = document.getElementById('pane-setup');
  if (!frame || !setup) return;
  const parsed: PaneSetup = JSON.parse(setup.textContent);
  const panes = openPanes(frame, parsed);
  listenAtSeparators(panes, document.querySelectorAll<HTMLElement>('[role="separator"][data-track]'));
  listenAtPaneButtons(panes);
  listenForPaneKeys(panes);
  followNews(panes, exercise);
}

import type { layOutPanes } from './lay-out-panes.ts';
import type { PaneSetup, PanesState } from './pane-setup.ts';
import type { placePanes } from './place-panes.ts';

/**
 * Lays out the panes before the first paint, with what this browser has kept; what it does not understand counts for nothing. Until the
 * bundle has loaded, it also obeys the dock. The page carries the function's source text, so it may use nothing outside itself and its
 * arguments.
 */
export function bootPanes(place: typeof placePanes, layOut: typeof layOutPanes, setup: PaneSetup): void {
  const frame = document.querySelector<HTMLElement>('.frame');
  if (!frame) return;
  const kept = (key: string): unknown => {
    try {
      return JSON.parse(localStorage.getItem(key) ?? 'null');
    } catch {
      return null;
    }
  };
  const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
  const sizes = kept(`streamwright:panes:${setup.kind}`);
  const folds = kept(`streamwright:folds:${setup.lesson}`);
  const names: readonly unknown[] = isRecord(folds) && Array.isArray(folds.folded) ? folds.folded : setup.folded;
  const known = ['text', 'code', 'output', 'report', 'lens'] as const;
  const state: PanesState = {
    sizes: Object.fromEntries(
      Object.entries(isRecord(sizes) ? sizes : {}).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
    ),
    folded: known.filter((name) => names.includes(name)),
    both: isRecord(folds) && folds.both === true,
    shown: known.find((name) => `#${name}` === location.hash) ?? 'text',
  };
  layOut(frame, { place, setup, state });
  frame.dataset.panes = JSON.stringify(state);

  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('.dock a') : null;
    if (!link || 'taken' in frame.dataset) return;
    event.preventDefault();
    frame.dataset.shown = link.hash.slice(1);
    for (const one of link.parentElement?.children ?? []) one.setAttribute('aria-current', String(one === link));
  });
}

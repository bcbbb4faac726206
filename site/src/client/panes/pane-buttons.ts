import { focusPane } from './pane-focus.ts';
import { PANES, type Pane } from './pane-setup.ts';
import { isSeen, type Panes } from './panes.ts';

/** Connects the dock and the heads that fold a pane, and tells which is open. */
export function listenAtPaneButtons(panes: Panes): void {
  const links = document.querySelectorAll<HTMLAnchorElement>('.dock a');
  const buttons = document.querySelectorAll<HTMLButtonElement>('[data-fold]');
  const show = () => {
    for (const link of links) link.setAttribute('aria-current', String(link.hash === `#${panes.get().shown}`));
    for (const button of buttons) {
      const pane = paneNamed(button.dataset.fold);
      button.setAttribute('aria-expanded', String(pane !== undefined && isSeen(panes, pane)));
      button.disabled = panes.room() !== 'all';
    }
  };
  panes.subscribe(show);
  show();
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const link = target?.closest<HTMLAnchorElement>('.dock a');
    const shown = paneNamed(link?.hash.slice(1));
    if (shown) {
      event.preventDefault();
      panes.set({ shown });
    }
    const folded = paneNamed(target?.closest<HTMLElement>('[data-fold]')?.dataset.fold);
    if (!folded) return;
    panes.toggle(folded);
    // What was pressed may have gone with the pane, or with its strip.
    if (document.activeElement === document.body || !document.activeElement?.checkVisibility()) focusPane(panes, folded);
  });
}

function paneNamed(name: string | undefined): Pane | undefined {
  return PANES.find((pane) => pane === name);
}

import { focusPane, paneAround, paneInFocus } from './pane-focus.ts';
import { PANES, type Pane } from './pane-setup.ts';
import { isSeen, type Panes } from './panes.ts';

/** Alt 1 to 5 open a pane and go to it, or fold the one in which the focus is. F6 and Shift F6 go round the panes. */
export function listenForPaneKeys(panes: Panes): void {
  /** Where a pane goes back to, when not all can be seen. */
  let last: Pane = 'code';
  window.addEventListener(
    'keydown',
    (event) => {
      const pane = paneOfKey(event);
      const isRound = event.key === 'F6' && !event.ctrlKey && !event.altKey && !event.metaKey;
      if (!pane && !isRound) return;
      // Runs before the editor, which has keys of its own.
      event.preventDefault();
      event.stopPropagation();
      if (pane) return press(pane);
      const seen = PANES.filter((one) => panes.room() === 'all' || isSeen(panes, one));
      const next = paneAround(seen, paneInFocus(), event.shiftKey ? -1 : 1);
      if (next) focusPane(panes, next);
    },
    { capture: true },
  );

  function press(pane: Pane) {
    const { folded, shown } = panes.get();
    const isHere = isSeen(panes, pane) && paneInFocus() === pane;
    if (panes.room() === 'all') {
      if (isHere || folded.includes(pane)) panes.toggle(pane);
      return focusPane(panes, pane);
    }
    if (isHere && pane === shown) {
      panes.set({ shown: last === pane ? 'text' : last });
      return focusPane(panes, panes.get().shown);
    }
    // The lens below another pane has the focus first, and then all the room.
    if (isHere || !isSeen(panes, pane)) {
      last = shown;
      panes.set({ shown: pane });
    }
    focusPane(panes, pane);
  }
}

/** By the place of the key: with Alt, the letter on it is another on a Mac. */
function paneOfKey({ code, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): Pane | undefined {
  if (!altKey || ctrlKey || metaKey || shiftKey) return undefined;
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  return digit === undefined ? undefined : PANES[Number(digit) - 1];
}

/** The panes of the page's workspace: their sizes, what is folded, which is in front; kept in this browser. */
import { createStore, type Store } from '../store.ts';
import { layOutPanes } from './lay-out-panes.ts';
import { afterNews, afterToggle, type Half, inOneColumn, type Move } from './pane-moves.ts';
import { foldsKey, PANES, type Pane, type PaneSetup, type PanesState, sizesKey } from './pane-setup.ts';
import { type Placed, placePanes } from './place-panes.ts';

export interface Panes {
  get: () => PanesState;
  subscribe: (changed: () => void) => () => void;
  /** Where they lie, by name of the track. */
  placed: () => Readonly<Record<string, Placed>>;
  /** The number of panes that are seen at a time; `all` where the window has room. */
  room: () => 'all' | 'two' | 'one';
  set: (part: Partial<PanesState>) => void;
  /** Folds or opens a pane. */
  toggle: (pane: Pane) => void;
  /** Opens the half of the results that has news. */
  tell: (half: Half) => void;
}

/** Takes over from the page's inline script, with what the learner has done meanwhile. */
export function openPanes(frame: HTMLElement, setup: PaneSetup): Panes {
  const booted: PanesState = JSON.parse(frame.dataset.panes ?? '{"sizes":{},"folded":[],"both":false}');
  const shown = PANES.find((pane) => pane === frame.dataset.shown) ?? 'text';
  const store: Store<PanesState> = createStore({ ...booted, shown });
  frame.dataset.taken = '';
  let placed: Record<string, Placed> = {};
  const layOut = () => {
    placed = layOutPanes(frame, { place: placePanes, setup, state: store.get() });
  };
  layOut();
  // The window may have changed, or its style sheet may have come late.
  const sizes = new ResizeObserver(() => {
    layOut();
    // The state is the same, its limits are not.
    store.set({});
  });
  sizes.observe(frame);

  const set = (part: Partial<PanesState>) => {
    const state = { ...store.get(), ...part };
    // Laid out before whoever listens measures.
    placed = layOutPanes(frame, { place: placePanes, setup, state });
    store.set(part);
    if (part.sizes) keep(sizesKey(setup.kind), state.sizes);
    if (part.folded || part.both !== undefined) keep(foldsKey(setup.lesson), { folded: state.folded, both: state.both });
  };
  const settled = (move: Move, pane: Pane) => set(setup.kind === 'queries' ? inOneColumn(move, pane) : move);

  return {
    get: store.get,
    subscribe: store.subscribe,
    placed: () => placed,
    room: () => ('lens' in placed ? 'all' : 'below' in placed ? 'two' : 'one'),
    set,
    toggle: (pane) => settled(afterToggle(store.get(), pane), pane),
    tell: (half) => settled(afterNews(store.get(), half), half),
  };
}

/** A browser that keeps nothing still has panes. */
function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch (error) {
    console.warn(error);
  }
}

/** Whether a pane can be seen. */
export function isSeen(panes: Panes, pane: Pane): boolean {
  const { shown, folded } = panes.get();
  if (panes.room() === 'all') return !folded.includes(pane);
  return pane === shown || (pane === 'lens' && panes.room() === 'two');
}

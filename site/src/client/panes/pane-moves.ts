/** What opens, folds and comes to the front, as a pure function of what happens. */
import type { Pane, PanesState } from './pane-setup.ts';

/** The half of the stack of results that has news. */
export type Half = 'output' | 'report';

export type Move = Pick<PanesState, 'folded' | 'both'>;

/** Returns the panes of a column in which either the text or the results have room, after one of its panes has opened or folded. */
export function inOneColumn({ folded, both }: Move, pane: Pane): Move {
  const isOpen = !folded.includes(pane);
  if (pane === 'text' && isOpen) return { folded: [...new Set<Pane>([...folded, 'output', 'report'])], both: false };
  if (pane === 'text') return { folded: folded.filter((one) => !isHalf(one)), both };
  return isHalf(pane) && isOpen && !folded.includes('text') ? { folded: [...folded, 'text'], both } : { folded, both };
}

/** Returns the panes after news of a half: it opens; the other folds, unless the learner wants both open. */
export function afterNews({ folded, both }: Move, half: Half): Move {
  const others = folded.filter((pane) => pane !== half);
  const other = half === 'output' ? 'report' : 'output';
  return { folded: both || others.includes(other) ? others : [...others, other], both };
}

/** Returns the panes after the learner has folded or opened one. A half that is opened beside the other stays so. */
export function afterToggle({ folded, both }: Move, pane: Pane): Move {
  const opens = folded.includes(pane);
  const now = opens ? folded.filter((one) => one !== pane) : [...folded, pane];
  return { folded: now, both: isHalf(pane) ? opens && !now.includes('output') && !now.includes('report') : both };
}

function isHalf(pane: Pane): pane is Half {
  return pane === 'output' || pane === 'report';
}

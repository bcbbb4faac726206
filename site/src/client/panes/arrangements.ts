/** The sizes of the design, for each kind of lesson. */
import type { Axis, Track } from './place-panes.ts';

/** What a lesson's workspace is made for: its sizes are kept for all lessons of the kind. */
export type WorkspaceKind = 'program' | 'queries';

/** How the panes lie from a width on, px. */
export interface Arrangement {
  from: number;
  axes: readonly Axis[];
}

/** A folded pane keeps a strip, px. */
const STRIP = 44;
/** Heads, ruler, members and time line of the lens, and one of its lanes, px. */
const LENS_PX = { besideLanes: 186, lane: 44 };
/** Title, four lines of the first paragraph and the way back to the whole text, px. */
const BRIEF = 196;

/** Beside queries, the text has the column until something has run. */
export const FOLDED_AT_FIRST = { program: [], queries: ['output', 'report'] } as const;

/**
 * Returns the arrangements of a workspace, widest first. Narrower than all of them, it shows one pane.
 *
 * @param lanes most lanes that the lens of this lesson draws
 */
export function arrangements(kind: WorkspaceKind, lanes: number): readonly Arrangement[] {
  const wide = kind === 'queries' ? QUERIES : program(LENS_PX.besideLanes + LENS_PX.lane * lanes);
  return [
    { from: 1280, axes: wide },
    { from: 721, axes: [SHOWN_OVER_LENS] },
  ];
}

const SHOWN_OVER_LENS: Axis = {
  along: 'height',
  tracks: [
    { name: 'shown', smallest: 200, design: {} },
    { name: 'below', smallest: 132, design: { px: 362, share: 0.4 } },
  ],
  takes: ['shown'],
  gives: ['below'],
  folds: [],
};

/** The lens lies under code, output and report. */
function program(lensPx: number): Axis[] {
  const text: Track = { name: 'text', smallest: 280, design: { px: 344 }, strip: STRIP };
  const code: Track = { name: 'code', smallest: 560, design: {}, strip: STRIP };
  const stack: Track = { name: 'stack', smallest: 360, design: { share: 0.44 } };
  return [
    { along: 'width', tracks: [text, code, stack], takes: ['code', 'stack'], gives: ['stack', 'text'], folds: ['text'] },
    {
      along: 'height',
      tracks: [
        { name: 'work', smallest: 260, design: {} },
        { name: 'lens', smallest: 180, design: { px: lensPx, share: 0.6 }, strip: STRIP },
      ],
      takes: ['work'],
      gives: ['lens'],
      folds: [],
    },
  ];
}

/** The lens is the main pane; text, code and results share a column. */
const QUERIES: readonly Axis[] = [
  {
    along: 'width',
    tracks: [
      { name: 'left', smallest: 340, design: { px: 396 } },
      { name: 'lens', smallest: 640, design: {}, strip: STRIP },
    ],
    takes: ['lens', 'left'],
    gives: ['left'],
    folds: [],
  },
  {
    along: 'height',
    tracks: [
      { name: 'text', smallest: 120, design: { share: 0.72 }, strip: BRIEF },
      { name: 'code', smallest: 150, design: { px: 284, share: 0.34 }, strip: STRIP },
      { name: 'stack', smallest: 144, design: {} },
    ],
    takes: ['stack'],
    gives: ['text', 'code'],
    folds: ['text', 'code'],
  },
];

import type { Arrangement, WorkspaceKind } from './arrangements.ts';

/** What the page's scripts know of its workspace. */
export interface PaneSetup {
  kind: WorkspaceKind;
  /** `log/append` */
  lesson: string;
  arrangements: readonly Arrangement[];
  /** What is folded in a lesson that is opened for the first time. */
  folded: readonly Pane[];
}

export const PANES = ['text', 'code', 'output', 'report', 'lens'] as const;
export type Pane = (typeof PANES)[number];

/** What a learner has done with the panes of a workspace. */
export interface PanesState {
  /** px by name of the track; kept for each kind of lesson */
  sizes: Readonly<Record<string, number>>;
  /** Kept for each lesson: the next lesson's text is open. */
  folded: readonly Pane[];
  /** Whether the learner wants output and report open together. */
  both: boolean;
  /** The pane in front where the window is narrow. */
  shown: Pane;
}

export const sizesKey = (kind: WorkspaceKind) => `streamwright:panes:${kind}`;
export const foldsKey = (lesson: string) => `streamwright:folds:${lesson}`;

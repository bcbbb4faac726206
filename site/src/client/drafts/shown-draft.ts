import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { Problem } from '../api/problem.ts';
import type { DraftText } from './draft-text.ts';
import type { DraftView } from './draft-view.ts';
import { type Aside, type LocalDraft, type LocalDrafts, sameFiles } from './local-draft.ts';

export interface ShownDraftOptions {
  text: DraftText;
  local: Pick<LocalDrafts, 'readAside' | 'writeAside' | 'readKept' | 'keep'>;
  now: () => number;
  onChange: (view: DraftView) => void;
}

/** What the page shows of a draft, told each time it changes. */
export class ShownDraft {
  readonly #options: ShownDraftOptions;
  #view: DraftView;

  constructor(options: ShownDraftOptions) {
    this.#options = options;
    this.#view = {
      status: options.text.isDirty ? { kind: 'kept', problem: null } : { kind: 'untouched' },
      conflict: null,
      aside: options.local.readAside(),
      kept: options.local.readKept(),
    };
  }

  get view(): DraftView {
    return this.#view;
  }

  get conflict(): DraftView['conflict'] {
    return this.#view.conflict;
  }

  saved(at: number): void {
    this.#show({ status: { kind: 'saved', at } });
  }

  /** The server does not have it; `problem` says why, when saving failed. */
  unsaved(problem: Problem | null): void {
    this.#show({ status: { kind: this.#options.text.isKept ? 'kept' : 'unkept', problem } });
  }

  /** Shows another text beside the draft's, or that there is none any more. */
  setConflict(conflict: DraftView['conflict']): void {
    this.#show({ conflict });
  }

  /** Shows another tab's text as a conflict, when it differs. */
  setOtherTab({ files, at }: LocalDraft): void {
    const { text } = this.#options;
    if (!sameFiles(text.known(files), text.files)) this.setConflict({ files: text.known(files), version: null, at });
  }

  /** Keeps a text that was replaced, so that it can be brought back. */
  setAside(aside: Aside | null): void {
    const { local, now } = this.#options;
    local.writeAside(aside);
    if (aside) local.keep({ ...aside, at: now() });
    this.#show({ aside, kept: local.readKept() });
  }

  /** The text that was set aside, for the files of this exercise. */
  asideFiles(): Files | null {
    return this.#view.aside && this.#options.text.known(this.#view.aside.files);
  }

  #show(change: Partial<DraftView>): void {
    this.#view = { ...this.#view, ...change };
    this.#options.onChange(this.#view);
  }
}

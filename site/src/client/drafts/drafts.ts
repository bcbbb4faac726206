/**
 * Keeps what the learner types: in this browser immediately, on the server within a second. Every write to the server names the version
 * that it is based on. If the server or another tab has a different text, both are shown and neither is overwritten.
 */
import type { Files } from '#sandbox/protocol/identifiers.ts';
import { createDraftSaving, type DraftSavingOptions } from './draft-saving.ts';
import { DraftText } from './draft-text.ts';
import type { DraftView } from './draft-view.ts';
import { type Aside, type LocalDraft, type LocalDrafts, sameFiles } from './local-draft.ts';
import { ShownDraft } from './shown-draft.ts';

export interface DraftOptions
  extends Pick<DraftSavingOptions, 'lesson' | 'starter' | 'api' | 'now' | 'later' | 'exclusive' | 'onReplace'> {
  local: LocalDrafts;
  onChange: (view: DraftView) => void;
}

export type Drafts = ReturnType<typeof createDrafts>;

/** A tab saves its own draft; another tab saves it after this time, in case the first has closed. */
const ADOPTED_SAVE_MS = 5_000;

export function createDrafts({ local, onChange, ...options }: DraftOptions) {
  const { starter, now, onReplace } = options;
  const text = new DraftText({ starter, local, now });
  const shown = new ShownDraft({ text, local, onChange, now });
  const saving = createDraftSaving({ ...options, text, shown, catchUp });

  function catchUp(): void {
    const other = local.unheard();
    if (other) follow(other);
  }

  function follow(other: LocalDraft) {
    if (shown.conflict) return;
    const outcome = text.follow(other);
    if (outcome === 'older') return;
    if (outcome === 'replaced') onReplace(text.files);
    if (!text.isDirty) return shown.saved(other.at);
    shown.unsaved(null);
    saving.saveIn(ADOPTED_SAVE_MS);
  }

  function replace(files: Files, aside: Aside | null, base = text.current.base): void {
    shown.setAside(aside);
    text.change(files, { base });
    shown.unsaved(null);
    onReplace(files);
    saving.saveIn();
  }

  return {
    files: () => text.files,
    view: () => shown.view,
    /** Reads the server's draft. Another tab's text that the page's inline script set aside is shown as a conflict. */
    async start() {
      const other = local.takeOther();
      if (other) shown.setOtherTab(other);
      await saving.compare();
    },
    /** Called with the text of a file as the learner types it. */
    edit(file: string, typed: string) {
      if (text.files[file] === typed) return;
      saving.edited();
      const other = local.unheard();
      const isSurprised = other !== null && text.isBehind(other);
      text.change({ ...text.files, [file]: typed }, other ? text.whatServerMayHold(other) : {});
      if (isSurprised) shown.setOtherTab(other);
      shown.unsaved(null);
      saving.saveIn();
    },
    /** Called when another tab may have written while this page could not hear it, as after Back. */
    look: catchUp,
    /** Called when another tab of this lesson has written `written`. */
    heard(written: string | null) {
      const other = local.hear(written);
      if (other) follow(other);
    },
    keepMine() {
      const { conflict } = shown;
      if (!conflict) return;
      shown.setConflict(null);
      shown.setAside({ files: conflict.files, why: 'kept-mine' });
      text.rebase(conflict.version ?? text.current.base);
      saving.save();
    },
    takeTheirs() {
      const { conflict } = shown;
      if (!conflict) return;
      shown.setConflict(null);
      replace(conflict.files, { files: text.files, why: 'took-theirs' }, conflict.version ?? text.current.base);
    },
    /** Restores the starter; the learner's text can be brought back. */
    reset() {
      replace(starter, { files: text.files, why: 'reset' });
    },
    /** Puts an earlier text into the editor; the one that was there is kept. */
    restore(files: Files) {
      const known = text.known(files);
      if (!sameFiles(known, text.files)) replace(known, { files: text.files, why: 'restored' });
    },
    bringBack() {
      const files = shown.asideFiles();
      if (!files) return;
      local.keep({ files: text.files, why: 'restored', at: now() });
      replace(files, null);
    },
    forgetAside() {
      shown.setAside(null);
    },
    flush: saving.flush,
    retry: saving.retry,
  };
}

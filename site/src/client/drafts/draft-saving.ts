/** Saving a draft on the server, and settling what the server and this browser hold. */
import type { Draft } from '#sandbox/protocol/draft.ts';
import type { ErrorCode } from '#sandbox/protocol/error.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { Api } from '../api/api.ts';
import type { Problem } from '../api/problem.ts';
import { compareDrafts } from './compare-drafts.ts';
import type { DraftText } from './draft-text.ts';
import { SaveTimer } from './save-timer.ts';
import type { ShownDraft } from './shown-draft.ts';

export interface DraftSavingOptions {
  lesson: string;
  starter: Files;
  text: DraftText;
  shown: ShownDraft;
  api: Pick<Api, 'draft' | 'putDraft'>;
  /** ms since 1970 */
  now: () => number;
  /** Calls `run` after `ms`; returns a function that cancels it. */
  later: (ms: number, run: () => void) => () => void;
  /** Runs `work` in one tab of a lesson at a time. */
  exclusive: (work: () => Promise<void>) => Promise<void>;
  /** Takes over what another tab has written, so that recording a save does not overwrite it. */
  catchUp: () => void;
  /** Called when the text changes other than by typing. */
  onReplace: (files: Files) => void;
}

export type DraftSaving = ReturnType<typeof createDraftSaving>;

/** Browsers refuse a keepalive request with a body above 64 KiB. */
const KEEPALIVE_BYTES = 60_000;
/** Permanent refusals: the draft is sent again only with the next edit. */
const FINAL: readonly (ErrorCode | 'OFFLINE')[] = [
  'INVALID_INPUT',
  'UNKNOWN_FILE',
  'BODY_TOO_LARGE',
  'NO_EXERCISE',
  'LESSON_NOT_FOUND',
];

export function createDraftSaving(options: DraftSavingOptions) {
  const { lesson, starter, text, shown, api, now, later, exclusive, catchUp, onReplace } = options;
  const timer = new SaveTimer({ now, later, save: () => void save() });
  let isSaving = false;

  async function save(): Promise<void> {
    if (isSaving || shown.conflict || !text.isDirty) return;
    isSaving = true;
    await exclusive(async () => {
      catchUp();
      const { files, base } = text.send();
      const outcome = await api.putDraft(lesson, files, base);
      if (outcome.ok) settle(outcome.value, files);
      else await refused(outcome.problem);
    });
    isSaving = false;
    if (text.isDirty && !shown.conflict && !timer.hasFailed) timer.saveIn();
  }

  function settle(stored: Draft, sent: Files) {
    timer.succeeded();
    catchUp();
    text.acknowledge(stored.version, sent);
    if (text.isDirty) return shown.unsaved(null);
    if (stored.version > 0) shown.saved(stored.savedAt === null ? now() : Date.parse(stored.savedAt));
  }

  async function refused(problem: Problem): Promise<void> {
    if (problem.code === 'DRAFT_CONFLICT') return compare();
    shown.unsaved(problem);
    if (FINAL.includes(problem.code)) timer.refused();
    else timer.saveIn(timer.failed(problem.retryAfterMs));
  }

  async function compare(): Promise<void> {
    const outcome = await api.draft(lesson);
    if (!outcome.ok) {
      if (text.isDirty) shown.unsaved(outcome.problem);
      later(timer.failed(outcome.problem.retryAfterMs), () => void compare());
      return;
    }
    timer.succeeded();
    const stored = { ...outcome.value, files: text.known(outcome.value.files) };
    switch (compareDrafts(text.current, stored, starter)) {
      case 'settled':
        return settle(stored, text.files);
      case 'save':
        text.rebase(stored.version, { sent: [] });
        return timer.saveIn(0);
      case 'conflict':
        return shown.setConflict({
          ...{ files: stored.files, version: stored.version },
          at: Date.parse(stored.savedAt ?? '') || now(),
        });
      case 'adopt':
        text.adopt(stored.files);
        settle(stored, stored.files);
        return onReplace(stored.files);
    }
  }

  return {
    /** Saves after `ms`, by default a moment after an edit. */
    saveIn: (ms?: number) => timer.saveIn(ms),
    save: () => void save(),
    /** Reads the server's draft and settles the difference. */
    compare,
    /** Called at each edit: what was refused before may be accepted now. */
    edited: () => timer.edited(),
    /** Called when the page may be about to close. */
    flush(): void {
      if (!text.isDirty || shown.conflict || new Blob(Object.values(text.files)).size > KEEPALIVE_BYTES) return;
      const { files, base } = text.send();
      void api.putDraft(lesson, files, base, true).then((outcome) => outcome.ok && settle(outcome.value, files));
    },
    /** Called when the network is back. */
    retry(): void {
      if (!text.isDirty) return;
      timer.succeeded();
      timer.cancel();
      void save();
    },
  };
}

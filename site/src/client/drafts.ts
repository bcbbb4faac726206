/**
 * Stores what the learner types: in this browser immediately, on the server within a second. Every write to the server names the version
 * that it is based on. When the server or another tab has a different text, both are shown and nothing is overwritten.
 */
import type { Draft } from '#sandbox/protocol/draft.ts';
import type { ErrorCode } from '#sandbox/protocol/error.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { Api } from './api.ts';
import { compareDrafts } from './compare-drafts.ts';
import { type Aside, type LocalDraft, type LocalDrafts, sameFiles } from './local-draft.ts';
import type { Problem } from './problem.ts';

const SAVE_MS = 700;
/** A tab saves its own draft; another tab saves it after this time, in case the first has closed. */
const ADOPTED_SAVE_MS = 5_000;
const RETRY_MS = [1_000, 2_000, 4_000, 8_000];
/** Browsers refuse a keepalive request with a body above 64 KiB. */
const KEEPALIVE_BYTES = 60_000;
/** Unacknowledged texts that are remembered. */
const MAX_SENT = 8;
/** Permanent refusals: the draft is sent again only with the next edit. */
const FINAL: readonly (ErrorCode | 'OFFLINE')[] = [
  'INVALID_INPUT',
  'UNKNOWN_FILE',
  'BODY_TOO_LARGE',
  'NO_EXERCISE',
  'LESSON_NOT_FOUND',
];

export type DraftStatus =
  | { kind: 'untouched' }
  /** In this browser; when saving on the server failed, `problem` says why. */
  | { kind: 'kept'; problem: Problem | null }
  | { kind: 'saved'; at: number }
  /** Neither in this browser nor on the server. */
  | { kind: 'unkept'; problem: Problem | null };

export interface DraftView {
  status: DraftStatus;
  /** The other text: from the server, with its version, or from another tab of this browser. */
  conflict: { files: Files; version: number | null; at: number } | null;
  aside: Aside | null;
}

export interface DraftOptions {
  lesson: string;
  starter: Files;
  local: LocalDrafts;
  api: Pick<Api, 'draft' | 'putDraft'>;
  now: () => number;
  /** Calls `run` after `ms`; returns a function that cancels it. */
  later: (ms: number, run: () => void) => () => void;
  /** Runs `work` in one tab of a lesson at a time. */
  exclusive: (work: () => Promise<void>) => Promise<void>;
  /** Called when the text changes other than by typing. */
  onReplace: (files: Files) => void;
  onChange: (view: DraftView) => void;
}

export type Drafts = ReturnType<typeof createDrafts>;

export function createDrafts({ lesson, starter, local, api, now, later, exclusive, onReplace, onChange }: DraftOptions) {
  const found = local.read();
  let draft: LocalDraft = found
    ? { ...found, files: known(found.files) }
    : { files: starter, base: 0, dirty: false, at: 0, sent: [] };
  let kept = true;
  let failures = 0;
  let saving = false;
  let timer: { at: number; cancel: () => void } | null = null;
  let view: DraftView = {
    status: draft.dirty ? { kind: 'kept', problem: null } : { kind: 'untouched' },
    conflict: null,
    aside: local.readAside(),
  };

  function known(some: Files): Files {
    return Object.fromEntries(Object.entries(starter).map(([name, text]) => [name, some[name] ?? text]));
  }

  function show(change: Partial<DraftView>) {
    view = { ...view, ...change };
    onChange(view);
  }

  /** Returns the time of this edit. It is never the time of an earlier one: tabs compare it to find the newer text. */
  function typedAt(): number {
    return Math.max(now(), draft.at + 1);
  }

  function keep(change: Partial<LocalDraft>) {
    draft = { ...draft, ...change };
    kept = local.write(draft);
  }

  /** Takes over what another tab has written, so that recording a save does not overwrite it. */
  function catchUp() {
    const other = local.unheard();
    if (other) follow(other);
  }

  function follow(other: LocalDraft) {
    if (view.conflict) return;
    if (other.at < draft.at) {
      // The other tab has recorded a save of an earlier text; the text here is newer.
      draft = { ...draft, ...whatServerMayHold(other) };
      return;
    }
    const files = known(other.files);
    const changed = !sameFiles(files, draft.files);
    // Editing continues from here, so this text on the server is not a conflict either.
    draft = { ...other, files, ...whatServerMayHold(other, [files]) };
    if (changed) onReplace(files);
    if (!draft.dirty) return show({ status: { kind: 'saved', at: other.at } });
    showUnsaved(null);
    saveIn(ADOPTED_SAVE_MS);
  }

  function showOther({ files, at }: LocalDraft) {
    if (!sameFiles(known(files), draft.files)) show({ conflict: { files: known(files), version: null, at } });
  }

  function withSent(...more: readonly Files[]): readonly Files[] {
    const all = [...draft.sent, ...more];
    return all.filter((one, index) => !all.slice(index + 1).some((later) => sameFiles(one, later))).slice(-MAX_SENT);
  }

  /** Combines what both tabs know of the server: neither may have read yet what the other has saved. */
  function whatServerMayHold(other: LocalDraft, more: readonly Files[] = []): Pick<LocalDraft, 'base' | 'sent'> {
    return { base: Math.max(draft.base, other.base), sent: withSent(...other.sent.map(known), ...more) };
  }

  function setAside(aside: Aside | null) {
    local.writeAside(aside);
    show({ aside });
  }

  function showUnsaved(problem: Problem | null) {
    show({ status: { kind: kept ? 'kept' : 'unkept', problem } });
  }

  function saveIn(ms: number) {
    const at = now() + ms;
    if (timer && timer.at <= at) return;
    timer?.cancel();
    const cancel = later(ms, () => {
      timer = null;
      void save();
    });
    timer = { at, cancel };
  }

  function retryMs(): number {
    return RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)] ?? SAVE_MS;
  }

  async function save() {
    if (saving || view.conflict || !draft.dirty) return;
    saving = true;
    await exclusive(async () => {
      catchUp();
      const sent = draft.files;
      keep({ sent: withSent(sent) });
      const outcome = await api.putDraft(lesson, sent, draft.base);
      if (outcome.ok) settle(outcome.value, sent);
      else await refused(outcome.problem);
    });
    saving = false;
    if (draft.dirty && !view.conflict && failures === 0) saveIn(SAVE_MS);
  }

  function settle(stored: Draft, sent: Files) {
    failures = 0;
    catchUp();
    keep({ base: stored.version, dirty: !sameFiles(sent, draft.files), sent: [] });
    if (draft.dirty) return showUnsaved(null);
    if (stored.version > 0) show({ status: { kind: 'saved', at: stored.savedAt === null ? now() : Date.parse(stored.savedAt) } });
  }

  async function refused(problem: Problem) {
    if (problem.code === 'DRAFT_CONFLICT') return compare();
    showUnsaved(problem);
    if (FINAL.includes(problem.code)) failures = 1;
    else saveIn(retryMs());
  }

  /** Reads the server's draft and settles the difference. */
  async function compare(): Promise<void> {
    const outcome = await api.draft(lesson);
    if (!outcome.ok) {
      if (draft.dirty) showUnsaved(outcome.problem);
      later(retryMs(), () => void compare());
      return;
    }
    failures = 0;
    const stored = { ...outcome.value, files: known(outcome.value.files) };
    switch (compareDrafts(draft, stored, starter)) {
      case 'settled':
        return settle(stored, draft.files);
      case 'save':
        keep({ base: stored.version, dirty: true, sent: [] });
        return saveIn(0);
      case 'conflict':
        return show({
          conflict: { files: stored.files, version: stored.version, at: Date.parse(stored.savedAt ?? '') || now() },
        });
      case 'adopt':
        keep({ files: stored.files });
        settle(stored, stored.files);
        return onReplace(stored.files);
    }
  }

  function replace(files: Files, aside: Aside | null) {
    setAside(aside);
    keep({ files, dirty: true, at: typedAt() });
    showUnsaved(null);
    onReplace(files);
    saveIn(SAVE_MS);
  }

  return {
    files: () => draft.files,
    view: () => view,
    /** Reads the server's draft. Another tab's text that the page's inline script set aside is shown as a conflict. */
    async start() {
      const other = local.takeOther();
      if (other) showOther(other);
      await compare();
    },
    /** Called with the text of a file as the learner types it. */
    edit(file: string, text: string) {
      if (draft.files[file] === text) return;
      failures = 0;
      const other = local.unheard();
      const surprised = other !== null && other.at >= draft.at && !sameFiles(known(other.files), draft.files);
      const news = other ? whatServerMayHold(other) : {};
      keep({ files: { ...draft.files, [file]: text }, ...news, dirty: true, at: typedAt() });
      if (surprised) showOther(other);
      showUnsaved(null);
      saveIn(SAVE_MS);
    },
    /** Called when another tab of this lesson has written `text`. */
    heard(text: string | null) {
      const other = local.hear(text);
      if (other) follow(other);
    },
    keepMine() {
      const { conflict } = view;
      if (!conflict) return;
      show({ conflict: null });
      setAside({ files: conflict.files, why: 'kept-mine' });
      keep({ base: conflict.version ?? draft.base, dirty: true });
      void save();
    },
    takeTheirs() {
      const { conflict } = view;
      if (!conflict) return;
      draft = { ...draft, base: conflict.version ?? draft.base };
      show({ conflict: null });
      replace(conflict.files, { files: draft.files, why: 'took-theirs' });
    },
    /** Restores the starter; the learner's text can be brought back. */
    reset() {
      replace(starter, { files: draft.files, why: 'reset' });
    },
    bringBack() {
      if (view.aside) replace(known(view.aside.files), null);
    },
    forgetAside() {
      setAside(null);
    },
    /** Called when the page may be about to close. */
    flush() {
      const sent = draft.files;
      if (!draft.dirty || view.conflict || new Blob(Object.values(sent)).size > KEEPALIVE_BYTES) return;
      keep({ sent: withSent(sent) });
      void api.putDraft(lesson, sent, draft.base, true).then((outcome) => outcome.ok && settle(outcome.value, sent));
    },
    /** Called when the network is back. */
    retry() {
      if (!draft.dirty) return;
      failures = 0;
      timer?.cancel();
      timer = null;
      void save();
    },
  };
}

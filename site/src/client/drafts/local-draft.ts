/** This browser's copy of a lesson's work, in the format that the page's inline script also writes. */
import type { Files } from '#sandbox/protocol/identifiers.ts';

export interface LocalDraft {
  files: Files;
  /** Version of the server's draft that it is based on; 0 when there was none. */
  base: number;
  /** Whether it has text that the server has not acknowledged. */
  dirty: boolean;
  /** When it was typed, ms since 1970. */
  at: number;
  /** Texts sent to the server and not acknowledged yet: if the server has one of these, it is our own. */
  sent: readonly Files[];
}

/** A text that was replaced and can be brought back. */
export interface Aside {
  files: Files;
  why: 'reset' | 'kept-mine' | 'took-theirs' | 'restored';
}

/** A text that was replaced, with the time of that, ms since 1970. */
export interface KeptText extends Aside {
  at: number;
}

/** Texts that are kept of a lesson; one more drops the oldest. */
const MAX_KEPT = 20;

/** The part of Web Storage that drafts need. */
export interface DraftStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export type LocalDrafts = ReturnType<typeof openLocalDrafts>;

/** Opens a lesson's entries in this browser's storage. Nothing throws: when storage is full or forbidden, `write` returns false. */
export function openLocalDrafts(storage: DraftStorage, lesson: string) {
  const key = draftKey(lesson);
  let seen = guarded(() => storage.getItem(key), null);

  /** Returns whether it was stored. */
  function write(name: string, text: string): boolean {
    return guarded(() => {
      storage.setItem(name, text);
      return true;
    }, false);
  }

  return {
    read: () => parseLocalDraft(guarded(() => storage.getItem(key), null)),
    /** Returns what another tab has written since the last look, even before the storage event comes. */
    unheard(): LocalDraft | null {
      const now = guarded(() => storage.getItem(key), null);
      if (now === seen) return null;
      seen = now;
      return parseLocalDraft(now);
    },
    /** @returns whether it was kept */
    write(draft: LocalDraft): boolean {
      const text = JSON.stringify(draft);
      const kept = write(key, text);
      if (kept) seen = text;
      return kept;
    },
    /** Called with the text of a storage event. */
    hear(text: string | null): LocalDraft | null {
      seen = text;
      return parseLocalDraft(text);
    },
    /** Returns, once, another tab's text that the page's inline script set aside. */
    takeOther(): LocalDraft | null {
      const other = parseLocalDraft(guarded(() => storage.getItem(`${key}:other`), null));
      guarded(() => storage.removeItem(`${key}:other`), undefined);
      return other;
    },
    readAside(): Aside | null {
      const aside: Aside | null = guarded(() => JSON.parse(storage.getItem(`${key}:aside`) ?? 'null'), null);
      return aside;
    },
    /** Returns the texts that were replaced in this browser, newest first. */
    readKept(): KeptText[] {
      const kept: unknown = guarded(() => JSON.parse(storage.getItem(`${key}:kept`) ?? '[]'), []);
      return Array.isArray(kept) ? kept : [];
    },
    /** Adds a text to those that were replaced, once. A full storage keeps fewer. */
    keep(text: KeptText): void {
      let kept = [text, ...this.readKept().filter(({ files }) => !sameFiles(files, text.files))].slice(0, MAX_KEPT);
      while (kept.length > 0 && !write(`${key}:kept`, JSON.stringify(kept))) kept = kept.slice(0, -1);
    },
    writeAside(aside: Aside | null): void {
      guarded(() => {
        if (aside) storage.setItem(`${key}:aside`, JSON.stringify(aside));
        else storage.removeItem(`${key}:aside`);
      }, undefined);
    },
  };
}

export function draftKey(lesson: string): string {
  return `streamwright:draft:${lesson}`;
}

/** Returns the draft in `text`, or null when there is none: nothing was stored, or something else wrote there. */
export function parseLocalDraft(text: string | null): LocalDraft | null {
  if (text === null) return null;
  const draft: Partial<LocalDraft> | null = guarded(() => JSON.parse(text), null);
  if (!draft || typeof draft.files !== 'object' || !Object.values(draft.files).every((file) => typeof file === 'string'))
    return null;
  return { files: draft.files, base: draft.base ?? 0, dirty: draft.dirty ?? true, at: draft.at ?? 0, sent: draft.sent ?? [] };
}

export function sameFiles(a: Files, b: Files): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

function guarded<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

/** Browsers, tabs and a server for tests of drafts. */
import type { Draft } from '#sandbox/protocol/draft.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { Outcome } from '../../../site/src/client/api/problem.ts';
import type { DraftView } from '../../../site/src/client/drafts/draft-view.ts';
import { createDrafts } from '../../../site/src/client/drafts/drafts.ts';
import { type DraftStorage, openLocalDrafts } from '../../../site/src/client/drafts/local-draft.ts';

export const STARTER = { 'main.ts': 'starter' };
const OFFLINE = { ok: false, problem: { code: 'OFFLINE', message: 'away', hint: '' } } as const;

/** A clock whose timers run when it is told to. */
function fakeClock() {
  let time = 1_000;
  const timers = new Set<{ at: number; run: () => void }>();
  return {
    now: () => time,
    later: (ms: number, run: () => void) => {
      const timer = { at: time + ms, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async pass(ms: number) {
      const end = time + ms;
      for (;;) {
        await settled();
        const next = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers.delete(next);
        time = Math.max(time, next.at);
        next.run();
      }
      time = end;
      await settled();
    },
  };
}

/** Lets every promise that can settle do so. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

/** The server's side: one draft, versions checked as the real one does. */
function fakeServer() {
  let stored: Draft = { files: {}, version: 0, savedAt: null };
  const server = {
    away: false,
    /** Takes a PUT and loses its answer. */
    losesAnswers: false,
    /** Refuses each PUT with this time to try again, in seconds. */
    busyFor: null as number | null,
    puts: 0,
    /** What happens while the next PUT is under way. */
    slowly: async (): Promise<void> => undefined,
    stored: () => stored,
    set: (files: Files) => {
      stored = { files, version: stored.version + 1, savedAt: '2026-01-01T12:00:00.000Z' };
    },
    lose: () => {
      stored = { files: {}, version: 0, savedAt: null };
    },
    draft: async (): Promise<Outcome<Draft>> => (server.away ? OFFLINE : { ok: true, value: stored }),
    putDraft: async (_lesson: string, files: Files, base: number): Promise<Outcome<Draft>> => {
      if (server.away) return OFFLINE;
      server.puts++;
      if (server.busyFor !== null) {
        const problem = { code: 'STORE_BUSY', message: 'locked', hint: '', retryAfterMs: server.busyFor * 1000 } as const;
        return { ok: false, problem };
      }
      if (base !== stored.version) return { ok: false, problem: { code: 'DRAFT_CONFLICT', message: 'newer', hint: '' } };
      server.set(files);
      const meanwhile = server.slowly;
      server.slowly = async () => undefined;
      await meanwhile();
      return server.losesAnswers ? OFFLINE : { ok: true, value: stored };
    },
  };
  return server;
}

export function fakeStorage(): DraftStorage & { entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  };
}

export function browser({ storage = fakeStorage(), server = fakeServer(), clock = fakeClock() } = {}) {
  /** A tab of the lesson: a page that was opened now. */
  const tab = () => {
    const replaced: Files[] = [];
    let view: DraftView | null = null;
    let open = true;
    const drafts = createDrafts({
      lesson: 'log/append',
      starter: STARTER,
      local: openLocalDrafts(storage, 'log/append'),
      api: server,
      now: clock.now,
      later: (ms, run) => clock.later(ms, () => open && run()),
      exclusive: (work) => work(),
      onReplace: (files) => replaced.push(files),
      onChange: (next) => {
        view = next;
      },
    });
    return {
      drafts,
      replaced,
      view: () => view ?? drafts.view(),
      text: () => drafts.files()['main.ts'],
      close: () => {
        open = false;
      },
    };
  };
  return { storage, server, clock, tab };
}

export const heardBy = (storage: DraftStorage) => storage.getItem('streamwright:draft:log/append');

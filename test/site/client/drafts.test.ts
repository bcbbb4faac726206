import { describe, expect, test } from 'vitest';
import type { Draft } from '#sandbox/protocol/draft.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import { createDrafts, type DraftView } from '../../../site/src/client/drafts.ts';
import { type DraftStorage, openLocalDrafts } from '../../../site/src/client/local-draft.ts';
import type { Outcome } from '../../../site/src/client/problem.ts';

const STARTER = { 'main.ts': 'starter' };
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
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** The server's side: one draft, versions checked as the real one does. */
function fakeServer() {
  let stored: Draft = { files: {}, version: 0, savedAt: null };
  const server = {
    away: false,
    /** Takes a PUT and loses its answer. */
    losesAnswers: false,
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

function fakeStorage(): DraftStorage & { entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  };
}

function browser({ storage = fakeStorage(), server = fakeServer(), clock = fakeClock() } = {}) {
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

const heardBy = (storage: DraftStorage) => storage.getItem('streamwright:draft:log/append');

describe('saving', () => {
  test('what is typed is in this browser at once and on the server within a second', async () => {
    const { server, storage, clock, tab } = browser();
    const { drafts, view } = tab();
    await drafts.start();
    drafts.edit('main.ts', 'one');
    expect(heardBy(storage)).toContain('one');
    expect(view().status.kind).toBe('kept');
    await clock.pass(1_000);
    expect(server.stored().files).toEqual({ 'main.ts': 'one' });
    expect(view().status.kind).toBe('saved');
  });

  test('typing without a pause is saved about once a second, not once a key', async () => {
    const { server, clock, tab } = browser();
    const { drafts } = tab();
    await drafts.start();
    for (let key = 0; key < 50; key++) {
      drafts.edit('main.ts', 'x'.repeat(key + 1));
      await clock.pass(100);
    }
    await clock.pass(1_000);
    expect(server.stored().files['main.ts']).toHaveLength(50);
    expect(server.puts).toBeLessThan(9);
  });

  test('while the server is away the work is kept here, and it is saved when the server is back', async () => {
    const { server, clock, tab } = browser();
    const { drafts, view } = tab();
    await drafts.start();
    server.away = true;
    drafts.edit('main.ts', 'offline');
    await clock.pass(5_000);
    expect(view().status).toMatchObject({ kind: 'kept', problem: { code: 'OFFLINE' } });
    server.away = false;
    await clock.pass(8_000);
    expect(server.stored().files).toEqual({ 'main.ts': 'offline' });
  });

  test('a browser that keeps nothing says so until the server has the work', async () => {
    const storage = {
      ...fakeStorage(),
      setItem: () => {
        throw new Error('full');
      },
    };
    const { clock, tab } = browser({ storage: { ...storage, entries: new Map() } });
    const { drafts, view } = tab();
    await drafts.start();
    drafts.edit('main.ts', 'one');
    expect(view().status.kind).toBe('unkept');
    await clock.pass(1_000);
    expect(view().status.kind).toBe('saved');
  });
});

describe('coming back', () => {
  test('after a reload the text is there before the server has answered', async () => {
    const { tab, clock } = browser();
    const first = tab();
    await first.drafts.start();
    first.drafts.edit('main.ts', 'mine');
    await clock.pass(1_000);
    expect(tab().text()).toBe('mine');
  });

  test('another browser gets the text from the server', async () => {
    const { server, clock, tab } = browser();
    const first = tab();
    await first.drafts.start();
    first.drafts.edit('main.ts', 'mine');
    await clock.pass(1_000);
    const other = browser({ server, clock }).tab();
    await other.drafts.start();
    expect(other.text()).toBe('mine');
    expect(other.replaced).toEqual([{ 'main.ts': 'mine' }]);
    expect(other.view().conflict).toBeNull();
  });

  test('a server that lost its database gets the text back', async () => {
    const { server, clock, tab } = browser();
    const first = tab();
    await first.drafts.start();
    first.drafts.edit('main.ts', 'mine');
    await clock.pass(1_000);
    server.lose();
    await tab().drafts.start();
    await clock.pass(1_000);
    expect(server.stored().files).toEqual({ 'main.ts': 'mine' });
  });

  test('a save whose answer was lost is no conflict, even when typing went on', async () => {
    const { server, clock, tab } = browser();
    const first = tab();
    await first.drafts.start();
    server.losesAnswers = true;
    first.drafts.edit('main.ts', 'one');
    await clock.pass(750);
    server.losesAnswers = false;
    first.drafts.edit('main.ts', 'one two');
    await clock.pass(5_000);
    expect(first.view().conflict).toBeNull();
    expect(server.stored().files).toEqual({ 'main.ts': 'one two' });
  });

  test('what was flushed while the page went away is recognised by the next page', async () => {
    const { server, clock, tab } = browser();
    const first = tab();
    await first.drafts.start();
    first.drafts.edit('main.ts', 'one');
    server.losesAnswers = true;
    first.drafts.flush();
    await settled();
    server.losesAnswers = false;
    first.close();
    const second = tab();
    const starting = second.drafts.start();
    second.drafts.edit('main.ts', 'one two');
    await starting;
    await clock.pass(2_000);
    expect(second.view().conflict).toBeNull();
    expect(server.stored().files).toEqual({ 'main.ts': 'one two' });
  });
});

describe('two sides', () => {
  async function clash() {
    const here = browser();
    const mine = here.tab();
    await mine.drafts.start();
    here.server.set({ 'main.ts': 'theirs' });
    mine.drafts.edit('main.ts', 'mine');
    await here.clock.pass(1_000);
    return { ...here, mine };
  }

  test('a change from another browser is shown beside ours and nothing is overwritten', async () => {
    const { mine, server } = await clash();
    expect(mine.view().conflict).toMatchObject({ files: { 'main.ts': 'theirs' }, version: 1 });
    expect(mine.text()).toBe('mine');
    expect(server.stored().files).toEqual({ 'main.ts': 'theirs' });
  });

  test('typing goes on during a conflict and stays in this browser', async () => {
    const { mine, server, clock, storage } = await clash();
    mine.drafts.edit('main.ts', 'mine, more');
    await clock.pass(5_000);
    expect(heardBy(storage)).toContain('mine, more');
    expect(server.stored().files).toEqual({ 'main.ts': 'theirs' });
  });

  test('keeping ours saves it and puts theirs aside', async () => {
    const { mine, server, clock } = await clash();
    mine.drafts.keepMine();
    await clock.pass(1_000);
    expect(server.stored().files).toEqual({ 'main.ts': 'mine' });
    expect(mine.view().aside?.files).toEqual({ 'main.ts': 'theirs' });
  });

  test('taking theirs can be undone', async () => {
    const { mine, server, clock } = await clash();
    mine.drafts.takeTheirs();
    expect(mine.text()).toBe('theirs');
    mine.drafts.bringBack();
    await clock.pass(1_000);
    expect(mine.text()).toBe('mine');
    expect(server.stored().files).toEqual({ 'main.ts': 'mine' });
  });

  test('two tabs follow each other and do not clash', async () => {
    const { storage, server, clock, tab } = browser();
    const [left, right] = [tab(), tab()];
    await Promise.all([left.drafts.start(), right.drafts.start()]);
    left.drafts.edit('main.ts', 'from the left');
    right.drafts.heard(heardBy(storage));
    expect(right.text()).toBe('from the left');
    await clock.pass(1_000);
    right.drafts.heard(heardBy(storage));
    right.drafts.edit('main.ts', 'from the left and the right');
    left.drafts.heard(heardBy(storage));
    await clock.pass(6_000);
    expect(left.text()).toBe('from the left and the right');
    expect(server.stored().files['main.ts']).toBe('from the left and the right');
    expect([left.view().conflict, right.view().conflict]).toEqual([null, null]);
  });

  test('two tabs do not clash when each writes before it has heard of the other', async () => {
    const { storage, server, clock, tab } = browser();
    const [left, right] = [tab(), tab()];
    await Promise.all([left.drafts.start(), right.drafts.start()]);
    left.drafts.edit('main.ts', 'left');
    right.drafts.heard(heardBy(storage));
    await clock.pass(100);
    server.slowly = async () => right.drafts.edit('main.ts', 'left right');
    await clock.pass(10_000);
    expect([left.text(), right.text()]).toEqual(['left right', 'left right']);
    expect(server.stored().files['main.ts']).toBe('left right');
    expect([left.view().conflict, right.view().conflict]).toEqual([null, null]);
  });

  test('news of an older save does not take back what was typed since', async () => {
    const { storage, clock, tab } = browser();
    const [left, right] = [tab(), tab()];
    await Promise.all([left.drafts.start(), right.drafts.start()]);
    left.drafts.edit('main.ts', 'le');
    const older = heardBy(storage);
    await clock.pass(10);
    right.drafts.heard(older);
    right.drafts.edit('main.ts', 'left');
    right.drafts.heard(older);
    expect(right.text()).toBe('left');
    expect(right.view().conflict).toBeNull();
  });

  test('a tab that has not heard of a save of the text it went on from does not take it for a change by others', async () => {
    const { storage, server, clock, tab } = browser();
    const [left, right] = [tab(), tab()];
    await Promise.all([left.drafts.start(), right.drafts.start()]);
    left.drafts.edit('main.ts', 'left');
    right.drafts.heard(heardBy(storage));
    server.set({ 'main.ts': 'left' });
    right.drafts.edit('main.ts', 'left and right');
    await clock.pass(10_000);
    expect(right.view().conflict).toBeNull();
    expect(server.stored().files['main.ts']).toBe('left and right');
  });

  test('two letters typed in one millisecond are told apart, so news of the first does not take back the second', async () => {
    const { storage, tab } = browser();
    const right = tab();
    await right.drafts.start();
    right.drafts.edit('main.ts', 'rig');
    const older = heardBy(storage);
    right.drafts.edit('main.ts', 'right');
    right.drafts.heard(older);
    expect(right.text()).toBe('right');
  });

  test('a tab that slept while another typed shows both texts when it types', async () => {
    const { tab } = browser();
    const [awake, asleep] = [tab(), tab()];
    awake.drafts.edit('main.ts', 'typed while you slept');
    asleep.drafts.edit('main.ts', 'typed after waking');
    expect(asleep.view().conflict).toMatchObject({ files: { 'main.ts': 'typed while you slept' }, version: null });
  });
});

describe('reset', () => {
  test('puts the starter back, saves that, and can be undone after a reload', async () => {
    const { server, clock, tab } = browser();
    const first = tab();
    await first.drafts.start();
    first.drafts.edit('main.ts', 'a long evening');
    await clock.pass(1_000);
    first.drafts.reset();
    await clock.pass(1_000);
    expect(server.stored().files).toEqual(STARTER);
    const second = tab();
    await second.drafts.start();
    second.drafts.bringBack();
    expect(second.text()).toBe('a long evening');
  });
});

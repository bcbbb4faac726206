import { describe, expect, test } from 'vitest';
import { browser, fakeStorage, heardBy, STARTER, settled } from './drafts-fixture.ts';

describe('saving', () => {
  test('input is stored in this browser immediately and on the server within a second', async () => {
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

  test('typing without a pause is saved about once a second, not once per key', async () => {
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

  test('while the server is unavailable, the work is kept here; it is saved when the server is back', async () => {
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

  test('a server that cannot store for a while is asked when it said, however much is typed, and gets all of it', async () => {
    const { server, clock, tab } = browser();
    const { drafts, view } = tab();
    await drafts.start();
    server.busyFor = 3;
    let typed = '';
    for (let key = 0; key < 55; key++) {
      typed += 'x';
      drafts.edit('main.ts', typed);
      await clock.pass(100);
    }
    expect(view().status.kind).toBe('kept');
    expect(server.puts).toBe(2); // after 0.7 s and 3 s later
    server.busyFor = null;
    await clock.pass(3_000);
    expect(server.stored().files).toEqual({ 'main.ts': typed });
    expect(view().status.kind).toBe('saved');
  });

  test('a browser that stores nothing reports it until the server has the work', async () => {
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
  test('after a reload, the text appears before the server has responded', async () => {
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

  test('a save whose response was lost is not a conflict, even when typing continued', async () => {
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

  test('the next page recognizes a draft that was flushed while the page closed', async () => {
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

describe('reset', () => {
  test('restores the starter, saves it, and can be undone after a reload', async () => {
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

test('no text that was replaced is lost, however often that happens', async () => {
  const { tab, storage } = browser();
  const { drafts, text, view } = tab();
  drafts.edit('main.ts', 'an evening of work');
  drafts.reset();
  drafts.restore({ 'main.ts': 'of an earlier check' });
  drafts.edit('main.ts', 'of an earlier check, changed');
  drafts.restore({ 'main.ts': 'of another check' });
  drafts.forgetAside();
  drafts.restore({ 'main.ts': 'of another check' });
  expect(text()).toBe('of another check');
  const kept = () => view().kept.map(({ files }) => files['main.ts']);
  expect(kept()).toEqual(['of an earlier check, changed', 'starter', 'an evening of work']);
  const reloaded = browser({ storage }).tab();
  expect(reloaded.view().kept.map(({ files }) => files['main.ts'])).toEqual(kept());
  reloaded.drafts.restore(reloaded.view().kept.at(-1)!.files);
  expect(reloaded.text()).toBe('an evening of work');
});

test('a full browser keeps the newest of the texts that were replaced', () => {
  const storage = fakeStorage();
  const { setItem } = storage;
  storage.setItem = (key, value) => {
    if (value.length > 700) throw new Error('quota');
    setItem(key, value);
  };
  const { drafts, view } = browser({ storage }).tab();
  for (const letter of 'abcdef') {
    drafts.edit('main.ts', letter.repeat(100));
    drafts.reset();
  }
  const kept = view().kept.map(({ files }) => files['main.ts']?.[0]);
  expect(kept[0]).toBe('f');
  expect(kept.length).toBeGreaterThan(1);
});

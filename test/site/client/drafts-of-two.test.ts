import { describe, expect, test } from 'vitest';
import { browser, heardBy } from './drafts-fixture.ts';

describe('two versions', () => {
  async function clash() {
    const here = browser();
    const mine = here.tab();
    await mine.drafts.start();
    here.server.set({ 'main.ts': 'theirs' });
    mine.drafts.edit('main.ts', 'mine');
    await here.clock.pass(1_000);
    return { ...here, mine };
  }

  test('a change from another browser is shown next to ours and nothing is overwritten', async () => {
    const { mine, server } = await clash();
    expect(mine.view().conflict).toMatchObject({ files: { 'main.ts': 'theirs' }, version: 1 });
    expect(mine.text()).toBe('mine');
    expect(server.stored().files).toEqual({ 'main.ts': 'theirs' });
  });

  test('typing continues during a conflict and stays in this browser', async () => {
    const { mine, server, clock, storage } = await clash();
    mine.drafts.edit('main.ts', 'mine, more');
    await clock.pass(5_000);
    expect(heardBy(storage)).toContain('mine, more');
    expect(server.stored().files).toEqual({ 'main.ts': 'theirs' });
  });

  test('keeping ours saves it and sets theirs aside', async () => {
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

  test('two tabs do not clash when each writes before it has heard from the other', async () => {
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

  test('news of an older save does not undo later typing', async () => {
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

  test('a tab does not take a save of the text that it continued from for a change by others', async () => {
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

  test('two letters typed in one millisecond are told apart, so news of the first does not undo the second', async () => {
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
